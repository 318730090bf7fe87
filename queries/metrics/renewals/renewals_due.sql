-- question: Which contracts wait for a renewal?
-- grain: one row per contract due or overdue
-- parameters:
--   as_of: the as-of date; facts after it are unknown
--   first_day: first day of the window, null for no limit
--   last_day: last day of the window, null for no limit
--   filters: chosen values by dimension
-- columns:
--   contract_id: the contract
--   customer_id: its customer
--   customer_name: the customer's name
--   end_date: last day in force
--   arr: its ARR, workspace currency
--   outcome: renewed_on_time, renewed_late, renewed_early, lost, overdue or due
--   successor_id: the contracts it was renewed by
--   successor_arr: their ARR, shared out where they succeed several
--   loss_reason: as the file gives it
--   days_left: end date - as-of date, negative once ended
--   loss_reason_group: natural, product, price, service, not_a_target_customer or unknown; lost ones only
--   start_date: first day
--   status: as the file gives it
--   currency: currency of the file
--   size: size band
--   industry: the customer's
--   contract_type: the contract's
--   product: the contract's
--   department: the customer's
--   region: the customer's
--   csm: the customer's
--   tier: the customer's
--   source_channel: the customer's
--   is_marked_lost: due with its end ahead, and marked as lost or terminated all the same (B8)
--   outcome_state: healthy, average, at_risk or unknown, at the last month end
--   stage: not_started, start, plan, quote, commercial, deferred, renewed, lost or other; null before it is to be started
--   last_touch: the day of the customer's last touch
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
