-- question: Which contracts are overdue or due within 90 days, those that need a word first?
-- grain: one row per contract overdue, or due within 90 days
-- key: contract_id
-- scored: as_of
-- columns:
--   contract_id (text): the contract
--   customer_id (text): its customer
--   customer_name (text): the customer's name
--   days_left (days): days to its end, negative once overdue
--   end_date (date): last day in force
--   arr (money): its ARR
--   outcome (code outcomes): due or overdue
--   outcome_state (code states): healthy, average, at_risk or unknown, on the as-of date
--   stage (code stages): not_started, start, plan, quote, commercial, deferred, renewed, lost or other
--   last_touch (date): day of the customer's last touch
--   csm (label): the customer's
--   tier (label): the customer's
--   is_marked_lost (flag): marked as lost or terminated before its end (B8)
select
    listed.contract_id,
    listed.customer_id,
    listed.customer_name,
    listed.days_left,
    listed.end_date,
    listed.arr,
    listed.outcome,
    state_of(health.outcome_level) as outcome_state,
    standing.stage,
    touched.last_touch,
    listed.csm,
    listed.tier,
    listed.is_marked_lost,
from renewal_list($filters, null, null) as listed
left join health_months as health
    on listed.customer_id = health.customer_id and health.month = $as_of
left join stage_standing as standing on listed.contract_id = standing.contract_id
left join last_touches as touched on listed.customer_id = touched.customer_id
where listed.is_open and due_horizon(listed.days_left) is not null
order by
    listed.outcome = 'overdue' desc,
    coalesce(health.outcome_level = 0, false) desc,
    listed.arr desc nulls last,
    listed.contract_id
