-- question: What is known of one contract?
-- grain: one row, none for an unknown contract
-- parameters:
--   as_of: the as-of date; facts after it are unknown
--   contract_id: the contract
-- columns:
--   contract_id: the contract
--   customer_id: its customer
--   customer_name: the customer's name
--   contract_type: as the file gives it
--   product: as the file gives it
--   start_date: first day
--   end_date: last day in force
--   signed_date: the day it was signed
--   term_months: whole months and the rest as a fraction
--   amount: as the file gives it
--   amount_basis: total, monthly or annual
--   currency: currency of the file
--   arr: its ARR, workspace currency
--   licensed_users: as the file gives it
--   status: as the file gives it
--   outcome: renewed_on_time, renewed_late, renewed_early, lost, overdue or due; null for one without an end
--   days_left: end date - as-of date, negative once ended
--   successor_id: the contracts it was renewed by
--   successor_arr: their ARR that falls to it
--   loss_reason: as the file gives it
--   stage: where its renewal stands; null without a word on it
--   stage_text: the stage as files or people say it
--   since: since when
--   stage_import_id: the import of the newest word on its stage: who moves it must have seen that
--   expected_amount: as files or people expect it
--   note: the newest note
--   csm: the customer's
--   tier: the customer's
--   size: the customer's
--   industry: the customer's
--   region: the customer's
--   is_marked_lost: due with its end ahead, and marked as lost or terminated all the same (B8)
with seen as (
    select max(list_max(list_transform(sources, lambda one: one['import_id']))) as import_id,
    from tend.stg_stages
    where contract_id = $contract_id and entered_on <= $as_of
)

select
    contracts.contract_id,
    contracts.customer_id,
    customers.customer_name,
    contracts.contract_type,
    contracts.product,
    contracts.start_date,
    contracts.end_date,
    contracts.signed_date,
    contracts.term_months,
    contracts.amount,
    contracts.amount_basis,
    contracts.currency,
    contracts.arr,
    contracts.licensed_users,
    contracts.status,
    renewals.outcome,
    contracts.end_date - $as_of as days_left,
    renewals.successor_id,
    renewals.successor_arr,
    contracts.loss_reason,
    process.stage,
    process.stage_text,
    process.since,
    seen.import_id as stage_import_id,
    process.expected_amount,
    process.note,
    customers.csm,
    customers.tier,
    customers.size,
    customers.industry,
    customers.region,
    coalesce(renewals.is_marked_lost, false) as is_marked_lost,
from contracts
cross join seen
left join renewals on contracts.contract_id = renewals.contract_id
left join customers on contracts.customer_id = customers.customer_id
left join process on contracts.contract_id = process.contract_id
where contracts.contract_id = $contract_id
