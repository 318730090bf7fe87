-- question: Which customers has nobody touched in this month?
-- grain: one row per customer in force without a touch in the month of the as-of date; none where the data have no touches of it
-- key: customer_id
-- columns:
--   customer_id (text): the customer
--   customer_name (text): its name
--   csm (label): the customer's CSM, "unknown" for none
--   days_since_touch (days): days since the last touch; null: never touched
--   last_touch (date): day of the last touch
--   arr (money): ARR of its contracts
--   days_left (days): days to the end of its next contract
--   outcome_state (code states): healthy, average, at_risk or unknown
--   experience_state (code states): healthy, average, at_risk or unknown
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
