-- question: What are a customer's scores made of?
-- grain: one row per indicator that is switched on
-- key: indicator
-- parameters:
--   customer_id (text): the customer
-- columns:
--   indicator (code): its name
--   score (code): outcome or experience
--   value (mixed): the customer's value at the last month end, null without data
--   low (mixed): the value that gives no points (or all, where less is better)
--   high (mixed): the value that gives all points
--   points (number): 0 to 100
--   part (number): what it gives to its score; the parts add up to the score
with found as (
    select *,
    from indicator_points(month_end_by($as_of))
    where customer_id = $customer_id
)

select
    health_indicators.indicator,
    health_indicators.score,
    found.value,
    found.low,
    found.high,
    found.points,
    found.part,
from tend.health_indicators
left join found on health_indicators.indicator = found.indicator
order by health_indicators.score desc, health_indicators.indicator
