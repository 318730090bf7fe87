-- question: What are a customer's scores made of, how is that against its kind, and what changed in 90 days?
-- grain: one row per indicator that is switched on
-- key: indicator
-- parameters:
--   customer_id (text): the customer
-- columns:
--   indicator (code): its name
--   score (code): outcome or experience
--   value (mixed): at the last month end, null without data
--   low (mixed): the value that gives no points (or all, where less is better)
--   high (mixed): the value that gives all points
--   points (number): 0 to 100
--   part (number): what it gives to its score; the parts add up to the score
--   kind_value (mixed): median of the other customers of its kind in force at that month end
--   kind_of (code customers.kinds): its kind: industry_size, or industry, or all where there are fewer than ten with a value
--   kind_customers (count): how many of that kind have a value
--   from_value (mixed): its value at the last month end not after 90 days before
--   from_points (number): its points then
--   change (number): points it moved its score since
with own as (
    select
        industry,
        size,
    from customers
    where customer_id = $customer_id
),

others as (
    select
        known.indicator,
        known.value,
        coalesce(customers.industry = own.industry, false) as is_of_industry,
        is_of_industry and coalesce(customers.size = own.size, false) as is_alike,
    from tend.health_values as known
    inner join health_at($as_of) as there
        on known.customer_id = there.customer_id and known.day = there.month
    left join customers on known.customer_id = customers.customer_id
    cross join own
    where known.customer_id <> $customer_id and known.value is not null
),

medians as (
    select
        indicator,
        case
            when not is_few(count(*) filter (where is_alike)) then 'industry_size'
            when not is_few(count(*) filter (where is_of_industry)) then 'industry'
            else 'all'
        end as kind_of,
        case kind_of
            when 'industry_size' then median(value) filter (where is_alike)
            when 'industry' then median(value) filter (where is_of_industry)
            else median(value)
        end as kind_value,
        case kind_of
            when 'industry_size' then count(*) filter (where is_alike)
            when 'industry' then count(*) filter (where is_of_industry)
            else count(*)
        end as kind_customers,
    from others
    group by indicator
),

moved as (
    select *,
    from
        health_changes(
            month_end_by($as_of - 90), month_end_by($as_of), customer := $customer_id
        )
)

select
    health_indicators.indicator,
    health_indicators.score,
    moved.to_value as value,
    moved.low,
    moved.high,
    moved.to_points as points,
    moved.to_share * moved.to_points as part,
    medians.kind_value,
    medians.kind_of,
    medians.kind_customers,
    moved.from_value,
    moved.from_points,
    moved.change,
from tend.health_indicators
left join moved on health_indicators.indicator = moved.indicator
left join medians on health_indicators.indicator = medians.indicator
order by health_indicators.score desc, health_indicators.indicator
