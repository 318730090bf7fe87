-- One row per customer in force at one of two month ends: where it was, where it went, ARR at the second.
create or replace macro health_moves(from_month, to_month, filters) as table
    with later as (
        from tend.health_months
        where month = to_month
    )

    select
        coalesce(later.customer_id, before.customer_id) as customer_id,
        before.quadrant as from_quadrant,
        later.quadrant as to_quadrant,
        before.customer_id is not null as was_there,
        later.customer_id is not null as is_there,
        before.outcome_score as from_outcome_score,
        before.experience_score as from_experience_score,
        later.outcome_score,
        later.experience_score,
        coalesce(before.arr, 0) as from_arr,
        coalesce(later.arr, 0) as arr,
        direction_of(before.quadrant, later.quadrant) as direction,
    from (
        from tend.health_months
        where month = from_month
    ) as before
    full join later
        on before.customer_id = later.customer_id
    where
        coalesce(later.customer_id, before.customer_id) in (
            select segments.customer_id,
            from segments(null, null, filters) as segments
        );
