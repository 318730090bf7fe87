-- One row per segment, customer and month with ARR at one of its ends: what moved, and which way (E2).
create or replace macro arr_moves(group_by, filters, from_day, to_day, day) as table
    with levels as (
        select
            segment,
            customer_id,
            month,
            any_value(first_arr_month) as first_arr_month,
            coalesce(sum(arr) filter (where month > first_month), 0) as opening,
            coalesce(sum(arr) filter (where month <= last_month), 0) as closing,
        from arr_months(group_by, filters, from_day, to_day, day)
        group by segment, customer_id, month
    )

    select
        segment,
        customer_id,
        month,
        opening,
        closing,
        closing - opening as change,
        case
            when opening = 0 and month = first_arr_month then 'new'
            when opening = 0 then 'reactivation'
            when closing = 0 then 'churn'
            when closing > opening then 'expansion'
            when closing < opening then 'contraction'
        end as move,
    from levels
    where opening <> 0 or closing <> 0;
