-- question: Which way did a customer go?
-- grain: one row per month end
-- key: month
-- parameters:
--   customer_id (text): the customer
-- columns:
--   month (month): the month end
--   outcome_score (number): 0 to 100, null without data
--   experience_score (number): 0 to 100, null without data
--   outcome_state (code states): healthy, average, at_risk or unknown
--   experience_state (code states): healthy, average, at_risk or unknown
--   quadrant (ordinal): 1 to 9, null where one is unknown
--   coverage (rate): share of the definition's weight that had data
--   arr (money): ARR at the month end
select
    month,
    outcome_score,
    experience_score,
    state_of(outcome_level) as outcome_state,
    state_of(experience_level) as experience_state,
    quadrant,
    coverage,
    arr,
from tend.health_months
where customer_id = $customer_id and month <= $as_of
order by month
