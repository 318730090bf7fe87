-- One row per month end, indicator and industry with enough cases, and one over all (industry null):
-- the 10th and 90th percentile of the pool (J4, J5).
with learned as (
    select
        health_pool.month,
        stg_customers.industry,
        health_known.indicator,
        health_known.value,
    from health_pool
    inner join health_known
        on
            health_pool.customer_id = health_known.customer_id
            and health_pool.day = health_known.day
    left join tend.stg_customers on health_pool.customer_id = stg_customers.customer_id
    where
        health_pool.is_learned
        and health_pool.month >= $first_learned
        and health_known.indicator in (
            select health_indicators.indicator,
            from health_indicators
        )
),

-- those in force stand in only where no renewed contract has the indicator
unlearned as (
    select
        months.month,
        health_indicators.indicator,
    from (
        select distinct month,
        from health_customers
        where month >= $first_learned
    ) as months
    cross join health_indicators
    anti join learned
        on months.month = learned.month and health_indicators.indicator = learned.indicator
),

in_force as (
    select
        unlearned.month,
        stg_customers.industry,
        unlearned.indicator,
        health_known.value,
    from unlearned
    inner join health_customers on unlearned.month = health_customers.month
    inner join health_known
        on
            health_customers.customer_id = health_known.customer_id
            and health_customers.month = health_known.day
            and unlearned.indicator = health_known.indicator
    left join tend.stg_customers on health_customers.customer_id = stg_customers.customer_id
),

cases as (
    select
        *,
        true as is_learned,
    from learned
    union all
    select
        *,
        false as is_learned,
    from in_force
),

spread as (
    select
        month,
        indicator,
        industry,
        is_learned,
        grouping(industry) = 1 as is_overall,
        count(*) as count_cases,
        quantile_cont(value, [0.1, 0.9]) as percentiles,
    from cases
    group by
        grouping sets (
            (month, indicator, industry, is_learned), (month, indicator, is_learned)
        )
)

select
    month,
    indicator,
    industry,
    is_learned,
    count_cases,
    percentiles[1] as low,
    percentiles[2] as high,
from spread
where is_overall or (industry is not null and count_cases >= $health_fewest_peers)
