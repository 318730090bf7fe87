-- One row per month end, indicator and industry with enough cases, and one over all (industry null):
-- the 10th and 90th percentile of the pool (J4, J5).
with valued as (
    select
        health_pool.month,
        health_pool.is_learned,
        stg_customers.industry,
        health_known.indicator,
        health_known.value,
    from health_pool
    inner join health_known
        on
            health_pool.customer_id = health_known.customer_id
            and health_pool.day = health_known.day
    inner join health_indicators on health_known.indicator = health_indicators.indicator
    left join tend.stg_customers on health_pool.customer_id = stg_customers.customer_id
),

-- those in force stand in only where no renewed contract has the indicator
kinds as (
    select
        month,
        indicator,
        bool_or(is_learned) as is_learned,
    from valued
    group by month, indicator
),

cases as (
    select valued.*,
    from valued
    inner join kinds
        on
            valued.month = kinds.month
            and valued.indicator = kinds.indicator
            and valued.is_learned = kinds.is_learned
)

select
    month,
    indicator,
    industry,
    any_value(is_learned) as is_learned,
    count(*) as count_cases,
    quantile_cont(value, 0.1) as low,
    quantile_cont(value, 0.9) as high,
from cases
where industry is not null
group by month, indicator, industry
having count(*) >= $health_fewest_peers
union all
select
    month,
    indicator,
    null as industry,
    any_value(is_learned) as is_learned,
    count(*) as count_cases,
    quantile_cont(value, 0.1) as low,
    quantile_cont(value, 0.9) as high,
from cases
group by month, indicator
