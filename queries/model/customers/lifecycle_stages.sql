-- One row per customer that has begun by a day: its stage that day, exactly one (S1, S5), the most pressing first.
create or replace macro lifecycle_stages(filters, day) as table
    with succeeded as (
        select
            successions.predecessor_id,
            min(coalesce(contracts.signed_date, contracts.start_date)) as known_day,
        from successions
        inner join contracts on successions.successor_id = contracts.contract_id
        group by successions.predecessor_id
    ),

    spans as (
        select
            arr_spans.customer_id,
            arr_spans.first_day,
            arr_spans.last_day,
            renewals.end_date - day as days_left,
            -- still to be renewed that day, also where it has been decided since
            coalesce(
                renewals.is_open
                or (
                    renewals.outcome <> 'renewed_early'
                    and coalesce(succeeded.known_day > day, true)
                ),
                false
            ) as is_open,
        from arr_spans
        inner join segments(null, null, filters) as scope
            on arr_spans.contract_id = scope.contract_id
        left join renewals on arr_spans.contract_id = renewals.contract_id
        left join succeeded on arr_spans.contract_id = succeeded.predecessor_id
    ),

    -- back in force in the 12 months before, after a time without any contract
    returns as (
        select distinct later.customer_id,
        from spans as later
        inner join spans as earlier
            on
                later.customer_id = earlier.customer_id
                and earlier.last_day < later.first_day - 1
        anti join spans as covering
            on
                later.customer_id = covering.customer_id
                and later.first_day > covering.first_day
                and covering.last_day >= later.first_day - 1
        where
            in_year_to(later.first_day, day)
    ),

    ends as (
        select
            customer_id,
            min(days_left) as days_left,
        from spans
        where is_open and day between first_day and last_day and days_left >= 0
        group by customer_id
    )

    select
        lives.customer_id,
        lives.arr,
        lives.overdue_arr,
        lives.first_start,
        customers.go_live_date,
        ends.days_left,
        case
            when not lives.is_in_force then 'lost'
            when not lives.is_served then 'overdue'
            when customers.go_live_date > day then 'onboarding'
            when customers.go_live_date is null and day - lives.first_start <= 90 then 'onboarding'
            when day - customers.go_live_date <= 90 then 'adopting'
            when ends.days_left <= 90 then 'renewing'
            when returns.customer_id is not null then 'won_back'
            else 'serving'
        end as stage,
    from lives(null, filters, day) as lives
    left join customers on lives.customer_id = customers.customer_id
    left join ends on lives.customer_id = ends.customer_id
    left join returns on lives.customer_id = returns.customer_id
    where lives.first_start <= day;
