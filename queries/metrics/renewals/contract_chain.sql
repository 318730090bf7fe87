-- question: Which contracts came before this one, and which after it?
-- grain: one row per contract of the chain, the contract itself included
-- key: contract_id
-- parameters:
--   contract_id (text): the contract
-- columns:
--   contract_id (text): a contract of the chain
--   place (code): predecessor, itself or successor
--   steps (count): how many contracts away, 0 for the contract itself
--   start_date (date): first day
--   end_date (date): last day in force, null while it has none
--   shown_until (date): where its bar ends on a timeline: its last day, or the as-of date
--   arr (money): its ARR
--   outcome (code outcomes): how it was decided, due or overdue; null for one without an end
--   product (label): as the file gives it
--   contract_type (label): as the file gives it
with recursive earlier as (
    select
        $contract_id::varchar as contract_id,
        0 as steps,
    union
    select
        successions.predecessor_id as contract_id,
        earlier.steps + 1 as steps,
    from earlier
    inner join successions on earlier.contract_id = successions.successor_id
),

later as (
    select
        $contract_id::varchar as contract_id,
        0 as steps,
    union
    select
        successions.successor_id as contract_id,
        later.steps + 1 as steps,
    from later
    inner join successions on later.contract_id = successions.predecessor_id
),

chain as (
    select
        contract_id,
        'predecessor' as place,
        min(steps) as steps,
    from earlier
    where steps > 0
    group by contract_id
    union all
    select
        contract_id,
        'successor' as place,
        min(steps) as steps,
    from later
    where steps > 0
    group by contract_id
    union all
    select
        $contract_id,
        'itself' as place,
        0 as steps,
)

select
    contracts.contract_id,
    chain.place,
    chain.steps,
    contracts.start_date,
    contracts.end_date,
    coalesce(contracts.end_date, greatest($as_of, contracts.start_date)) as shown_until,
    contracts.arr,
    renewals.outcome,
    contracts.product,
    contracts.contract_type,
from chain
inner join contracts on chain.contract_id = contracts.contract_id
left join renewals on chain.contract_id = renewals.contract_id
order by contracts.start_date, contracts.contract_id
