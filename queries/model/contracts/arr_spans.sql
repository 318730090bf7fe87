-- One row per contract and the days its ARR counts: gaps bridged (C1), overlaps cut (C2), overdue ones kept (C3). One that
-- is given as renewed without a later contract has a second row: it goes on, with the renewed amount where one is given.
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
),

first_takeovers as (
    select
        contract_id,
        min(start_date) as start_date,
    from takeovers
    group by contract_id
),

all_spans as (
    select *,
    from spans
    union all by name
    select
        contracts.contract_id,
        contracts.customer_id,
        coalesce(contracts.renewed_arr, contracts.arr) as arr,
        contracts.day_after as first_day,
        false as is_overdue,
        least(contracts.goes_on_until, first_takeovers.start_date - 1) as last_day,
    from contracts
    inner join renewals on contracts.contract_id = renewals.contract_id
    left join first_takeovers on contracts.contract_id = first_takeovers.contract_id
    where
        contracts.goes_on_until is not null
        and renewals.outcome = 'renewed_on_time'
        and renewals.successor_id is null
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
from all_spans
where last_day >= first_day
