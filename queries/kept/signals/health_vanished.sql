-- One row per customer, day and indicator of usage that is nought, not missing: the customer was counted before and is
-- in no row of the 90 days, while others are (M18). Of a file that stopped counting a measure nothing follows.
with used as (
    select
        customer_id,
        measure,
        period_end,
        value,
    from tend.stg_usage
    where
        customer_id in (
            select health_points.customer_id,
            from health_points
        )
),

held as (
    select
        customer_id,
        measure,
        min(period_end) as first_day,
    from used
    where value is not null
    group by customer_id, measure
),

rows_of as (
    select distinct
        customer_id,
        period_end,
    from used
),

gone as (
    select
        health_points.customer_id,
        health_points.day,
    from health_points
    inner join health_ends on health_points.day = health_ends.day
    asof inner join rows_of
        on
            health_points.customer_id = rows_of.customer_id
            and health_points.day >= rows_of.period_end
    where health_ends.usage_day - 90 >= rows_of.period_end
),

days as (
    select distinct day,
    from gone
),

counted as (
    select distinct
        days.day,
        stg_usage.measure,
    from days
    inner join health_ends on days.day = health_ends.day
    inner join tend.main.stg_usage
        on
            stg_usage.period_end > health_ends.usage_day - 90
            and health_ends.usage_day >= stg_usage.period_end
    where stg_usage.value is not null
),

lost as (
    select
        gone.customer_id,
        gone.day,
        held.measure,
    from gone
    inner join held
        on gone.customer_id = held.customer_id and gone.day >= held.first_day
    inner join counted
        on gone.day = counted.day and held.measure = counted.measure
),

noughts as (
    select
        customer_id,
        day,
        unnest(case measure
            when 'active_users' then ['deployment']
            when 'features_used' then ['breadth']
            when $north_star then ['depth', 'trend', 'key_actions']
        end) as indicator,
    from lost
    union all
    select
        lost.customer_id,
        lost.day,
        health_indicators.indicator,
    from lost
    inner join health_indicators on 'measure:' || lost.measure = health_indicators.indicator
)

select
    noughts.customer_id,
    noughts.day,
    noughts.indicator,
    -- the trend to nothing is -100 %
    if(noughts.indicator = 'trend', -1, 0)::double as value,
from noughts
left join health_usage as usage
    on noughts.customer_id = usage.customer_id and noughts.day = usage.day
where noughts.indicator <> 'trend' or usage.depth_before > 0
