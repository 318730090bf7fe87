-- One row per segment, customer and month with ARR at its end or at the one before: how it moved.
create or replace macro arr_moves(group_by, filters, from_month, to_month) as table
    with levels as (
        select
            segment,
            customer_id,
            month,
            any_value(first_ever) as first_ever,
            coalesce(sum(arr) filter (where month > first_month), 0) as opening,
            coalesce(sum(arr) filter (where month <= last_month), 0) as closing,
        from arr_months(group_by, filters, from_month, to_month)
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
            when opening = 0 and month = first_ever then 'new'
            when opening = 0 then 'reactivation'
            when closing = 0 then 'churn'
            when closing > opening then 'expansion'
            when closing < opening then 'contraction'
        end as kind,
    from levels
    where first_ever is not null and (opening <> 0 or closing <> 0);
