-- question: What is known of one contract?
-- grain: one row, none for an unknown contract
-- key: contract_id
-- parameters:
--   contract_id (text): the contract
-- columns:
--   contract_id (text): the contract
--   customer_id (text): its customer
--   customer_name (text): the customer's name
--   contract_type (label): as the file gives it
--   product (label): as the file gives it
--   start_date (date): first day
--   end_date (date): last day in force
--   signed_date (date): the day it was signed
--   term_months (number): whole months and the rest as a fraction
--   amount (money): as the file gives it
--   amount_basis (code): total, monthly, quarterly or annual
--   currency (text): currency of the file
--   arr (money): its ARR, workspace currency
--   licensed_users (count): as the file gives it
--   status (text): as the file gives it
--   outcome (code outcomes): renewed_on_time, renewed_late, renewed_early, lost, overdue or due; null for one without an end
--   days_left (days): end date - as-of date, negative once ended
--   successor_id (text): the contracts it was renewed by
--   successor_arr (money): their ARR that falls to it
--   loss_reason (text): as the file gives it
--   stage (code stages): where its renewal stands; null without a word on it
--   stage_text (text): the stage as files or people say it
--   since (date): since when
--   stage_import_id (ordinal): the import of the newest word on its stage: who moves it must have seen that
--   expected_amount (money): as files or people expect it
--   note (text): the newest note
--   csm (label): the customer's
--   tier (label): the customer's
--   size (label): the customer's
--   industry (label): the customer's
--   region (label): the customer's
--   is_marked_lost (flag): due with its end ahead, and marked as lost or terminated all the same (B8)
with seen as (
    select max(list_max(list_transform(sources, lambda one: one['import_id']))) as import_id,
    from tend.stg_stages
    where contract_id = $contract_id and entered_on <= $as_of
),

-- of this contract alone: after a move it is there at once
stood as (
    select *,
    from stage_stays_of([$contract_id])
),

given as (
    select max_by(expected_amount, stay) as expected_amount,
    from stood
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
    stood.stage,
    stood.stage_text,
    stood.since,
    seen.import_id as stage_import_id,
    given.expected_amount,
    stood.note,
    customers.csm,
    customers.tier,
    customers.size,
    customers.industry,
    customers.region,
    coalesce(renewals.is_marked_lost, false) as is_marked_lost,
from contracts
cross join seen
cross join given
left join renewals on contracts.contract_id = renewals.contract_id
left join customers on contracts.customer_id = customers.customer_id
left join stood on contracts.contract_id = stood.contract_id and stood.until is null
where contracts.contract_id = $contract_id
