-- One row per customer and indicator with data at one of two month ends: values, points, and what it moved
-- its score. Held against the score before, so that an indicator which only shares its weight with a new
-- one moves nothing; the changes of a score add up to the change of the score.
create or replace macro health_changes(from_month, to_month, customer := null) as table
    with before as (
        select
            *,
            weight / sum(weight) over (partition by customer_id, score) as share,
        from indicator_points(from_month, customer := customer)
    ),

    later as (
        select
            *,
            weight / sum(weight) over (partition by customer_id, score) as share,
        from indicator_points(to_month, customer := customer)
    ),

    paired as (
        select
            customer_id,
            indicator,
            score,
            before.value as from_value,
            later.value as to_value,
            before.points as from_points,
            later.points as to_points,
            before.share as from_share,
            later.share as to_share,
            later.low,
            later.high,
            sum(before.part) over (partition by customer_id, score) as score_before,
        from before
        full join later using (customer_id, indicator, score)
    )

    select
        *,
        coalesce(to_share * (to_points - score_before), 0)
        - coalesce(from_share * (from_points - score_before), 0) as change,
    from paired;
