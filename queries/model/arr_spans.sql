-- One row per contract and the days its ARR counts: gaps bridged (C1), overlaps cut (C2), overdue ones kept (C3).
with starts as (
    select
        predecessor_id as contract_id,
        min(successor_start) as successor_start,
    from successions
    group by predecessor_id
),

spans as (
    select
        contracts.contract_id,
        contracts.customer_id,
        contracts.arr,
        contracts.start_date as first_day,
        coalesce(
            renewals.outcome = 'overdue' and contracts.day_after + $grace_days >= $as_of, false
        ) as is_overdue,
        case
            -- ended, and the successor came beyond grace of that day: no bridge (B8, B10)
            when
                contracts.is_ended
                and coalesce(starts.successor_start > contracts.ended_on + 1 + $grace_days, false)
                then least(contracts.ended_on, contracts.end_date)
            when starts.successor_start is not null then starts.successor_start - 1
            when contracts.is_ended then least(contracts.ended_on, contracts.end_date)
            when is_overdue then $as_of
            when contracts.end_date is not null then contracts.end_date
            -- lost on a day nobody wrote down: no day can be called in force
            when contracts.is_given_lost or contracts.is_marked_lost then contracts.start_date - 1
            else date '9999-12-31'
        end as last_day,
    from contracts
    left join starts on contracts.contract_id = starts.contract_id
    left join renewals on contracts.contract_id = renewals.contract_id
    where contracts.start_date is not null
)

select
    contract_id,
    customer_id,
    arr,
    first_day,
    last_day,
    is_overdue,
from spans
where last_day >= first_day
