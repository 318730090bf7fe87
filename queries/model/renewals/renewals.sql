-- One row per contract that can be renewed: it has an end, or its outcome is given. A credit (M14) or a run of months (M28) cannot.
-- All losses give the same few reasons: each is looked up once, not once a contract.
with reasons as (
    select
        loss_reason,
        coalesce(
            $loss_reason_groups[list_filter(
                map_keys($loss_reason_groups), lambda word: speaks_of(loss_reason, word)
            )[1]],
            'unknown'
        ) as reason_group,
    from (select distinct loss_reason, from contracts)
),

succeeded as (
    select
        predecessor_id as contract_id,
        string_agg(successor_id, ', ' order by successor_start, successor_id) as successor_id,
        sum(successor_arr) as successor_arr,
        min(successor_start) as successor_start,
        bool_or(is_on_time) as is_on_time,
    from successions
    group by predecessor_id
),

decided as (
    select
        contracts.*,
        succeeded.successor_id,
        succeeded.successor_start,
        succeeded.successor_arr as given_on_arr,
        case
            when contracts.is_given_lost then 'lost'
            when
                succeeded.successor_id is not null and contracts.end_date >= $as_of
                then 'renewed_early'
            when succeeded.is_on_time and contracts.end_date < $as_of then 'renewed_on_time'
            when contracts.end_date < $as_of and succeeded.successor_id is not null
                then 'renewed_late'
            when
                contracts.outcome = 'renewed' and coalesce(contracts.end_date < $as_of, true)
                then 'renewed_on_time'
            -- like a contract signed ahead, it is in hand from the day of its import (A6)
            when contracts.outcome = 'renewed' and contracts.import_day <= $as_of
                then 'renewed_early'
            when contracts.outcome = 'renewed' then 'due'
            when contracts.is_ended then 'lost'
            when
                contracts.is_marked_lost and contracts.end_date < $as_of
                then 'lost'
            when contracts.end_date >= $as_of then 'due'
            when contracts.outcome = 'undecided' or contracts.end_date is null then 'overdue'
            when contracts.day_after + $grace_days >= $as_of then 'overdue'
            else 'lost'
        end as outcome_now,
    from contracts
    left join succeeded on contracts.contract_id = succeeded.contract_id
    where
        -- what is superseded is not renewed: its follower is what falls due (M12)
        contracts.followed_from is null
        -- who has a start and no end is never due (M19)
        and (
            contracts.end_date is not null
            or (contracts.start_date is null and contracts.outcome is not null)
        )
        and not contracts.is_credit
        and not contracts.is_never_due
)

select
    contract_id,
    contract_no,
    customer_id,
    start_date,
    end_date,
    arr,
    currency,
    annual_amount,
    outcome_now as outcome,
    outcome_now like 'renewed%' as is_renewed,
    outcome_now like 'renewed%' or outcome_now = 'lost' as is_decided,
    outcome_now in ('due', 'overdue') as is_open,
    successor_id,
    successor_start,
    case
        when outcome_now not like 'renewed%' then null
        when successor_id is not null then given_on_arr
        else coalesce(renewed_arr, arr)
    end as successor_arr,
    decided.loss_reason,
    if(outcome_now = 'lost', reasons.reason_group, null) as loss_reason_group,
    status,
    end_date - $as_of as days_left,
    -- due all the same, and shows its mark (B8)
    outcome_now = 'due' and is_said_lost as is_marked_lost,
from decided
left join reasons on decided.loss_reason is not distinct from reasons.loss_reason
