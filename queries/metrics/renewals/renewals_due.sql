-- question: Which contracts wait for a renewal?
-- grain: one row per contract due or overdue
-- key: contract_id
-- columns:
--   contract_id (text): the contract
--   customer_id (text): its customer
--   customer_name (text): the customer's name
--   end_date (date): last day in force
--   arr (money): its ARR, workspace currency
--   outcome (code outcomes): renewed_on_time, renewed_late, renewed_early, lost, overdue or due
--   successor_id (text): the contracts it was renewed by
--   successor_arr (money): their ARR, shared out where they succeed several
--   loss_reason (text): as the file gives it
--   days_left (days): end date - as-of date, negative once ended
--   loss_reason_group (code reasons): natural, product, price, service, not_a_target_customer or unknown; lost ones only
--   start_date (date): first day
--   status (text): as the file gives it
--   currency (text): currency of the file
--   size (label): size band
--   industry (label): the customer's
--   contract_type (label): the contract's
--   product (label): the contract's
--   department (label): the customer's
--   region (label): the customer's
--   csm (label): the customer's
--   tier (label): the customer's
--   source_channel (label): the customer's
--   is_marked_lost (flag): due with its end ahead, and marked as lost or terminated all the same (B8)
--   outcome_state (code states): healthy, average, at_risk or unknown, at the last month end
--   stage (code stages): not_started, start, plan, quote, commercial, deferred, renewed, lost or other; null before it is to be started
--   last_touch (date): the day of the customer's last touch
select
    listed.* exclude (is_open),
    coalesce(health.outcome_state, 'unknown') as outcome_state,
    standing.stage,
    touched.last_touch,
from renewal_list($filters, $first_day, $last_day) as listed
left join stage_standing as standing on listed.contract_id = standing.contract_id
left join last_touches as touched on listed.customer_id = touched.customer_id
left join health_at($as_of) as health on listed.customer_id = health.customer_id
where listed.is_open
order by listed.end_date, listed.contract_id
