-- One row per month end, industry and indicator: the limits its points are by. Those of the industry where it has
-- enough cases, those over all else, unless set by hand (J4).
with industries as (
    select distinct industry,
    from tend.stg_customers
    union
    select null as industry,
),

overall as (
    select
        month,
        indicator,
        low,
        high,
    from health_limits
    where industry is null
)

select
    overall.month,
    industries.industry,
    health_indicators.*,
    coalesce(health_indicators.low, own.low, overall.low) as limit_low,
    coalesce(health_indicators.high, own.high, overall.high) as limit_high,
from health_indicators
inner join overall on health_indicators.indicator = overall.indicator
cross join industries
left join health_limits as own
    on
        overall.month = own.month
        and overall.indicator = own.indicator
        and industries.industry = own.industry
