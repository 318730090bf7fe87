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
        from usage_months(filters, north_star)
        where
            month <= as_of
            and (
                first_day is null
                or month >= (date_trunc('month', first_day::date) - interval 1 day)::date
            )
        window path as (partition by customer_id order by month)
    ),

    causes as (
        select
            month,
            customer_id,
            arr,
            was_there,
            if(was_there, quadrant_before, null) as from_quadrant,
            quadrant as to_quadrant,
            unnest(['quadrant_fall', 'not_used', 'low_active_share', 'single_feature']) as cause,
            unnest([null, null, active_share, breadth]) as value,
            unnest(
                [
                    was_there and direction_of(quadrant_before, quadrant) = 'fall',
                    is_not_used_for_long,
                    active_share < low_active_share,
                    breadth <= 1
                ]
            ) as is_held,
        from compared
    )

    select
        * exclude (is_held, was_there),
        coalesce(is_held, false) as is_held,
        coalesce(was_there and lag(is_held) over path, false) as was_held,
    from causes
    window path as (partition by customer_id, cause order by month);
