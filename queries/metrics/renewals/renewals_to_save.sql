-- question: Which contracts are marked lost, and not yet over?
-- grain: one row per contract due with its end ahead that the file marks as lost or terminated (M31)
-- key: contract_id
-- columns:
--   contract_id (text): the contract
--   customer_id (text): its customer
--   customer_name (text): the customer's name
--   days_left (days): days to its end
--   end_date (date): last day in force
--   arr (money): its ARR
--   loss_reason (text): as the file gives it
--   status (text): as the file gives it
--   outcome_state (code states): healthy, average, at_risk or unknown, at the last month end
--   experience_state (code states): healthy, average, at_risk or unknown
--   last_touch (date): day of the customer's last touch
--   csm (label): the customer's
--   tier (label): the customer's
select
    listed.contract_id,
    listed.customer_id,
    listed.customer_name,
    listed.days_left,
    listed.end_date,
    listed.arr,
    listed.loss_reason,
    listed.status,
    coalesce(health.outcome_state, 'unknown') as outcome_state,
    coalesce(health.experience_state, 'unknown') as experience_state,
    touched.last_touch,
    listed.csm,
    listed.tier,
from renewal_list($filters, null, null) as listed
left join last_touches as touched on listed.customer_id = touched.customer_id
left join health_at($as_of) as health on listed.customer_id = health.customer_id
where listed.is_marked_lost
order by listed.end_date, listed.arr desc, listed.contract_id
