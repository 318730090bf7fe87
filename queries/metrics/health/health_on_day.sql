-- question: How healthy is each customer on a day between month ends?
-- grain: one row per customer in force at the as-of date
-- key: customer_id
-- scored: as_of
-- parameters:
--   as_of: the day; scores are of that very day, states are led on from the month end before
-- columns:
--   customer_id (text): the customer
--   month (date): the day the scores are of
--   outcome_score (number): 0 to 100, null without data
--   experience_score (number): 0 to 100, null without data
--   outcome_state (code states): healthy, average, at_risk or unknown
--   experience_state (code states): healthy, average, at_risk or unknown
--   quadrant (ordinal): 1 (both at risk) to 9 (both healthy), null where one is unknown
--   coverage (rate): share of the definition's weight that had data, 0 to 1
--   customer_name (text): its name
--   arr (money): ARR at the as-of date
--   industry (label): the customer's
--   size (label): size band
--   csm (label): the customer's
select
    in_force.customer_id,
    $as_of as month,
    health.outcome_score,
    health.experience_score,
    state_of(health.outcome_level) as outcome_state,
    state_of(health.experience_level) as experience_state,
    health.quadrant,
    coalesce(health.coverage, 0) as coverage,
    customers.customer_name,
    in_force.arr,
    customers.industry,
    customers.size,
    customers.csm,
from customers_in_force(null, $filters, [$as_of]) as in_force
left join health_months as health on in_force.customer_id = health.customer_id
left join customers on in_force.customer_id = customers.customer_id
order by in_force.customer_id
