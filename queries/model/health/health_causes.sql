-- One row per customer, month end and possible cause to look: whether it held, and a month before.
-- What began before the first day is not asked for, but the month before it is.
create or replace macro health_causes(
    filters, low_active_share, north_star, first_day, as_of
) as table
    with compared as (
        select
            *,
            lag(quadrant) over path as quadrant_before,
            coalesce(
                lag(month) over path = (date_trunc('month', month) - interval 1 day)::date, false
            ) as was_there,
            is_not_used_for_long as is_unused,
            active_share < low_active_share as is_low,
            breadth <= 1 as is_narrow,
            lag(is_unused) over path as was_unused,
            lag(is_low) over path as was_low,
            lag(is_narrow) over path as was_narrow,
        from usage_months(filters, north_star)
        where
            month <= as_of
            and (
                first_day is null
                or month >= (date_trunc('month', first_day::date) - interval 1 day)::date
            )
        window path as (partition by customer_id order by month)
    )

    -- each customer's months are gone through once, not once for each cause: every fall is one of its own
    select
        month,
        customer_id,
        arr,
        if(was_there, quadrant_before, null) as from_quadrant,
        quadrant as to_quadrant,
        unnest(['quadrant_fall', 'not_used', 'low_active_share', 'single_feature']) as cause,
        unnest([null, null, active_share, breadth]) as value,
        unnest([
            coalesce(was_there and direction_of(quadrant_before, quadrant) = 'fall', false),
            coalesce(is_unused, false),
            coalesce(is_low, false),
            coalesce(is_narrow, false)
        ]) as is_held,
        unnest([
            false,
            coalesce(was_there and was_unused, false),
            coalesce(was_there and was_low, false),
            coalesce(was_there and was_narrow, false)
        ]) as was_held,
    from compared;
