-- One row per customer in force at a month's end (in the running month: on the as-of date), month and
-- segment: whether anybody touched it in that month (H1, H2). Of a month in which the data have no touches yet, or none
-- any more, nothing is known.
create or replace macro touch_months(group_by, filters, first_day, last_day, as_of) as table
    with limits as (
        select
            date_trunc(
                'month',
                coalesce(
                    first_day,
                    if(
                        last_day is null,
                        as_of + 1 - interval 12 months,
                        last_day::date - interval 11 months
                    )
                )
            )::date as first_month,
            if(
                first_day is null and last_day is null,
                -- without a window: the last 12 full months (A9)
                last_full_month(null, as_of),
                date_trunc('month', until_day(last_day, as_of))::date
            ) as last_month,
    ),

    months as (
        select unnest(generate_series(first_month, last_month, interval 1 month))::date as month,
        from limits
    ),

    days as (
        select
            month,
            least(last_day(month), as_of) as to_day,
        from months
    ),

    in_force as (
        select
            date_trunc('month', day)::date as month,
            day as to_day,
            segment,
            customer_id,
            arr,
        from customers_in_force(group_by, filters, (select list(to_day), from days))
    ),

    touched as (
        select
            customer_id,
            date_trunc('month', touched_on)::date as month,
            count(*) as touches,
            coalesce(sum(hours), 0) as hours,
        from tend.stg_touches
        where as_of >= touched_on
        group by customer_id, date_trunc('month', touched_on)::date
    )

    select
        in_force.*,
        customers.csm,
        coalesce(in_force.to_day >= reach.first_day and reach.tells_until >= in_force.month, false)
            as is_known,
        if(is_known, coalesce(touched.touches, 0), null) as touches,
        if(is_known, coalesce(touched.hours, 0), null) as hours,
    from in_force
    left join customers on in_force.customer_id = customers.customer_id
    left join reach on reach.dataset = 'touches'
    left join touched
        on in_force.customer_id = touched.customer_id and in_force.month = touched.month;
