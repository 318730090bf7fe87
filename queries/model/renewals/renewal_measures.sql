-- The renewal measures of a window, one row per segment and split: the one place that defines the rates.
create or replace macro renewal_measures(group_by, split_by, filters, first_day, last_day) as table
    with cases as (
        select
            renewals.*,
            scope.segment,
            scope.split,
        from renewals
        inner join
            segments(group_by, split_by, filters) as scope
            on renewals.contract_id = scope.contract_id
        where
            in_window(renewals.end_date, first_day, last_day)
    ),

    -- growth at one customer never hides loss at another: the cap is per customer (D2)
    per_customer as (
        select
            segment,
            split,
            customer_id,
            count(*) as contracts,
            count(*) filter (where is_renewed) as renewed,
            count(*) filter (where outcome in ('renewed_on_time', 'renewed_early'))
                as renewed_on_time,
            count(*) filter (where outcome = 'renewed_late') as renewed_late,
            count(*) filter (where outcome = 'lost') as lost,
            count(*) filter (where outcome = 'overdue') as overdue,
            count(*) filter (where outcome = 'due') as due,
            coalesce(sum(arr) filter (where is_decided), 0) as due_arr,
            coalesce(sum(successor_arr) filter (where is_decided), 0) as renewed_arr,
            coalesce(sum(arr) filter (where not is_decided), 0) as open_arr,
            coalesce(sum(arr) filter (where outcome = 'overdue'), 0) as overdue_arr,
        from cases
        group by segment, split, customer_id
    ),

    -- amounts without a rate are shown apart, never added up (K18)
    foreign_amounts as (
        select
            segment,
            split,
            amounts_apart(list({currency: currency, amount: annual_amount})) as other_currencies,
        from cases
        where arr is null and annual_amount is not null
        group by segment, split
    ),

    summed as (
        select
            segment,
            split,
            sum(contracts)::bigint as contracts,
            sum(renewed)::bigint as renewed,
            sum(renewed_on_time)::bigint as renewed_on_time,
            sum(renewed_late)::bigint as renewed_late,
            sum(lost)::bigint as lost,
            sum(overdue)::bigint as overdue,
            sum(due)::bigint as due,
            sum(renewed + lost)::bigint as decided,
            sum(overdue + due)::bigint as open,
            sum(due_arr) as due_arr,
            sum(renewed_arr) as renewed_arr,
            sum(kept_of(renewed_arr, due_arr)) as kept_arr,
            sum(open_arr) as open_arr,
            sum(overdue_arr) as overdue_arr,
            count(*) filter (where renewed + lost > 0) as customers_decided,
            count(*) filter (where renewed > 0) as customers_renewed,
        from per_customer
        group by segment, split
    )

    select
        summed.*,
        renewed / nullif(decided, 0) as contract_renewal_rate,
        customers_renewed / nullif(customers_decided, 0) as logo_renewal_rate,
        renewed_arr / nullif(due_arr, 0) as net_renewal_rate,
        kept_arr / nullif(due_arr, 0) as gross_renewal_rate,
        renewed_on_time / nullif(decided, 0) as on_time_rate,
        wilson_low(renewed, decided) as rate_low,
        wilson_high(renewed, decided) as rate_high,
        (renewed + open) / nullif(contracts, 0) as rate_at_best,
        renewed / nullif(contracts, 0) as rate_at_worst,
        is_few(decided) as is_few_cases,
        foreign_amounts.other_currencies,
    from summed
    left join foreign_amounts
        on summed.segment = foreign_amounts.segment and summed.split = foreign_amounts.split;
