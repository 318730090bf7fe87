-- question: Which indicators moved a customer's scores between two dates?
-- grain: one row per indicator that is switched on
-- key: indicator
-- parameters:
--   first_day: the earlier date; null: a month before the later one
--   last_day: the later date; null: the as-of date
--   customer_id (text): the customer
-- columns:
--   indicator (code): its name
--   score (code): outcome or experience
--   from_value (mixed): at the month end not after the earlier date, null without data
--   to_value (mixed): at the month end not after the later date
--   from_points (number): 0 to 100
--   to_points (number): 0 to 100
--   change (number): points it moved its score; they add up to the change of the score
with found as (
    select *,
    from
        health_changes(
            earlier_month($first_day, $last_day, $as_of),
            later_month($last_day, $as_of)
        )
    where customer_id = $customer_id
)

select
    health_indicators.indicator,
    health_indicators.score,
    found.from_value,
    found.to_value,
    found.from_points,
    found.to_points,
    found.change,
from tend.health_indicators
left join found on health_indicators.indicator = found.indicator
order by
    health_indicators.score desc,
    abs(found.change) desc nulls last,
    health_indicators.indicator
