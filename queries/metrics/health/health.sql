-- question: How healthy is each customer, and what do we know about it?
-- grain: one row per customer in force at the as-of date
-- key: customer_id
-- parameters:
--   as_of: the as-of date; scores are those of the last month end not after it
-- columns:
--   customer_id (text): the customer
--   month (month): the month end the scores are of
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
with in_force as (
    select
        arr_spans.customer_id,
        coalesce(sum(arr_spans.arr), 0) as arr,
    from arr_spans
    inner join segments(null, null, $filters) as scope on arr_spans.contract_id = scope.contract_id
    where $as_of between arr_spans.first_day and arr_spans.last_day
    group by arr_spans.customer_id
)

select
    in_force.customer_id,
    month_end_by($as_of) as month,
    health_months.outcome_score,
    health_months.experience_score,
    state_of(health_months.outcome_level) as outcome_state,
    state_of(health_months.experience_level) as experience_state,
    health_months.quadrant,
    coalesce(health_months.coverage, 0) as coverage,
    customers.customer_name,
    in_force.arr,
    customers.industry,
    customers.size,
    customers.csm,
from in_force
left join tend.health_months
    on
        in_force.customer_id = health_months.customer_id
        and health_months.month = month_end_by($as_of)
left join customers on in_force.customer_id = customers.customer_id
order by in_force.customer_id
