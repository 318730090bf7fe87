-- question: Which contracts has a customer, and how did each end?
-- grain: one row per contract known at the as-of date, the newest first
-- parameters:
--   as_of: the as-of date; facts after it are unknown
--   customer_id: the customer
-- columns:
--   contract_id: the contract
--   contract_type: as the file gives it
--   product: as the file gives it
--   start_date: first day
--   end_date: last day in force, null while it has none
--   arr: its ARR
--   outcome: how it was decided, due or overdue; null for one without an end
--   days_left: end date - as-of date, negative once ended
--   stage: where its renewal stands; null without a word on it
--   shown_until: where its bar ends on a timeline: its last day, or the as-of date
--   is_open: due, overdue or without an end: still to be renewed, or not at all
select
    contracts.contract_id,
    contracts.contract_type,
    contracts.product,
    contracts.start_date,
    contracts.end_date,
    contracts.arr,
    renewals.outcome,
    contracts.end_date - $as_of as days_left,
    process.stage,
    coalesce(contracts.end_date, greatest($as_of, contracts.start_date)) as shown_until,
    coalesce(renewals.is_open, true) as is_open,
from contracts
left join renewals on contracts.contract_id = renewals.contract_id
left join process on contracts.contract_id = process.contract_id
where contracts.customer_id = $customer_id
order by
    contracts.start_date desc nulls last, contracts.end_date desc nulls last, contracts.contract_id
