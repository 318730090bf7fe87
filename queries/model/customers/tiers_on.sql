-- One row per customer with a dated recurring contract: its tier by the rule (D8), on a day, with these shares.
create or replace macro tiers_on(day, strategic, core) as table
    with ranked as (
        select
            customer_id,
            arr,
            is_in_force,
            if(
                arr > 0,
                row_number() over (partition by arr > 0 order by arr desc, customer_id),
                null
            )
                as place,
        from lives(null, map([]::varchar[], []::varchar[][]), day)
    ),

    whole as (
        select count(place) as count_customers,
        from ranked
    )

    select
        ranked.customer_id,
        ranked.arr,
        ranked.is_in_force,
        case
            when ranked.place <= ceil(whole.count_customers * strategic::decimal(9, 6))
                then 'strategic'
            when
                ranked.place
                <= ceil(whole.count_customers * strategic::decimal(9, 6))
                + ceil(whole.count_customers * core::decimal(9, 6)) then 'core'
            when ranked.is_in_force then 'basic'
        end as tier,
    from ranked
    cross join whole;
