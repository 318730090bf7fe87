-- question: Which customers has nobody touched in this month?
-- grain: one row per customer in force without a touch in the month of the as-of date
-- parameters:
--   as_of: the as-of date
--   filters: chosen values by dimension
-- columns:
--   customer_id: the customer
--   customer_name: its name
--   csm: the customer's CSM, "unknown" for none
--   days_since_touch: days since the last touch; null: never touched
--   last_touch: day of the last touch
--   arr: ARR of its contracts
--   days_left: days to the end of its next contract
--   outcome_state: healthy, average, at_risk or unknown
--   experience_state: healthy, average, at_risk or unknown
select
    customer_id,
    customer_name,
    csm,
    days_since_touch,
    last_touch,
    arr,
    days_left,
    outcome_state,
    experience_state,
from customer_stands($filters, $as_of)
where not is_touched
order by arr desc, customer_id
