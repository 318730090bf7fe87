-- One row per customer and cause to look, at the month end in which it began: once per cause, and whether it
-- lasts at the last month end not after the as-of date.
create or replace macro health_news(
    filters, low_active_share, north_star, first_day, last_day, as_of
) as table
    with causes as (
        select *,
        from health_causes(filters, low_active_share, north_star, first_day, as_of)
    ),

    -- how it stands at the last month end: a fall lasts while the customer stands no better than it fell to
    now_standing as (
        select
            customer_id,
            cause,
            to_quadrant,
            is_held,
        from causes
        where month = month_end_by(as_of)
    )

    select
        causes.month,
        causes.customer_id,
        customers.customer_name,
        customers.csm,
        causes.cause,
        causes.from_quadrant,
        causes.to_quadrant,
        causes.value,
        causes.arr,
        coalesce(
            if(
                causes.cause = 'quadrant_fall',
                direction_of(causes.to_quadrant, now_standing.to_quadrant) in ('stay', 'fall'),
                now_standing.is_held
            ),
            false
        ) as is_lasting,
    from causes
    left join customers on causes.customer_id = customers.customer_id
    left join now_standing
        on causes.customer_id = now_standing.customer_id and causes.cause = now_standing.cause
    where
        causes.is_held
        -- what lasts is one cause, from its beginning
        and (causes.cause = 'quadrant_fall' or not causes.was_held)
        and in_window(causes.month, first_day, last_day);
