-- One row per customer, day and custom measure that is an indicator: its mean over the 90 days.
select
    health_points.customer_id,
    health_points.day,
    health_indicators.indicator,
    avg(stg_usage.value) as value,
from health_points
inner join health_ends on health_points.day = health_ends.day
inner join tend.stg_usage
    on
        health_points.customer_id = stg_usage.customer_id
        and stg_usage.period_end > health_ends.usage_day - 90
        and health_ends.usage_day >= stg_usage.period_end
inner join health_indicators on 'measure:' || stg_usage.measure = health_indicators.indicator
where stg_usage.value is not null
group by health_points.customer_id, health_points.day, health_indicators.indicator
