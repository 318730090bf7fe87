-- One row per customer in force at one of two month ends: where it was, where it went, ARR at the second.
-- Quadrants are numbered 1 to 9; halves 1 to 4, with average on the side whose limit is nearer (J10).
create or replace macro health_moves(from_month, to_month, filters) as table
    with limits as (
        select
            month,
            any_value(average_from) filter (where score = 'outcome') as outcome_average,
            any_value(healthy_from) filter (where score = 'outcome') as outcome_healthy,
            any_value(average_from) filter (where score = 'experience') as experience_average,
            any_value(healthy_from) filter (where score = 'experience') as experience_healthy,
        from tend.health_levels
        where month in (from_month, to_month)
        group by month
    ),

    standing as (
        select
            months.*,
            2 * side_of(outcome_level, outcome_score, outcome_average, outcome_healthy)
            + side_of(
                experience_level, experience_score, experience_average, experience_healthy
            )
            + 1 as half,
        from months_in_scope(filters) as months
        left join limits on months.month = limits.month
        where
            months.month in (from_month, to_month)
            -- the later month before the earlier one: no movement at all
            and from_month <= to_month
    ),

    later as (
        from standing
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
        before.half as from_half,
        later.half as to_half,
        later.outcome_level,
        later.experience_level,
        later.coverage,
    from (
        from standing
        where month = from_month
    ) as before
    full join later
        on before.customer_id = later.customer_id;
