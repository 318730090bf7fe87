-- One row per contract and month end that is made anew, on which it may be in force, or on which a renewal of its
-- customer is first looked back on.
with month_ends as (
    select
        last_day(unnest(range(
            greatest(
                $first_day,
                date_trunc('month', (
                    select min(contracts.start_date),
                    from contracts
                ))
            ),
            $today + 1,
            interval 1 month
        ))::date) as month,
)

select
    contracts.contract_id,
    month_ends.month,
from contracts
inner join month_ends
    on
        month_ends.month >= contracts.start_date
        -- a successor in time, or its absence, is known when grace is over
        and month_ends.month
        <= coalesce(contracts.end_date + 1 + $grace_days::integer, 'infinity'::date)
where month_ends.month <= $today
union
select
    contracts.contract_id,
    health_renewed.month,
from health_renewed
inner join contracts
    on
        health_renewed.customer_id = contracts.customer_id
        and health_renewed.day >= contracts.start_date
where health_renewed.is_first
