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
        contracts.end_date,
        coalesce(
            renewals.outcome = 'overdue' and contracts.day_after + $grace_days >= $as_of, false
        ) as is_overdue,
        last_day_counted(
            $as_of,
            contracts.start_date,
            contracts.end_date,
            contracts.ended_on,
            -- a superseded one ends with the day before its follower (M12)
            least(starts.successor_start, contracts.followed_from),
            is_overdue,
            contracts.is_given_lost or contracts.is_marked_lost,
            $grace_days
        ) as last_day,
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
    -- without the days of grace, in which nobody knows
    if(is_overdue, least(last_day, end_date), last_day) as sure_until,
from spans
where last_day >= first_day
