-- question: Which contracts has a customer, and how did each end?
-- grain: one row per contract known at the as-of date, the newest first
-- key: contract_id
-- parameters:
--   customer_id (text): the customer
-- columns:
--   contract_id (text): the contract
--   contract_type (label): as the file gives it
--   product (label): as the file gives it
--   start_date (date): first day
--   end_date (date): last day in force, null while it has none
--   arr (money): its ARR
--   licensed_users (count): as the file gives it
--   outcome (code outcomes): how it was decided, due or overdue; null for one without an end
--   days_left (days): end date - as-of date, negative once ended
--   stage (code stages): where its renewal stands; null without a word on it
--   shown_until (date): where its bar ends on a timeline: its last day, or the as-of date
--   is_open (flag): due, overdue or without an end: still to be renewed, or not at all
select
    contracts.contract_id,
    contracts.contract_type,
    contracts.product,
    contracts.start_date,
    contracts.end_date,
    contracts.arr,
    contracts.licensed_users,
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
