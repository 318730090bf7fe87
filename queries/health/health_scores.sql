-- One row per month end and customer on a day: its two scores by the month's limits, and how much of
-- the definition had data (J9). The day is the month end, or 90 days before the end of a renewed contract.
with members as (
    select
        month,
        customer_id,
        month as day,
    from health_customers
    union
    select
        month,
        customer_id,
        day,
    from health_pool
    where is_learned
),

industries as (
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
),

-- by the industry's limits where it has enough cases, by those over all else, unless set by hand (J4)
limits as (
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
),

pointed as (
    select
        members.month,
        members.customer_id,
        members.day,
        limits.score,
        points(
            health_known.value, limits.limit_low, limits.limit_high, limits.is_more_better
        ) as points,
        -- sums of decimals have the same last digit in whichever order they are made
        limits.weight::decimal(38, 12) as weight,
        (limits.weight * points)::decimal(38, 12) as weighed,
    from members
    inner join health_known
        on members.customer_id = health_known.customer_id and members.day = health_known.day
    left join tend.stg_customers on members.customer_id = stg_customers.customer_id
    inner join limits
        on
            members.month = limits.month
            and health_known.indicator = limits.indicator
            and stg_customers.industry is not distinct from limits.industry
),

everything as (
    select sum(weight) as weight,
    from health_indicators
)

select
    pointed.month,
    pointed.customer_id,
    pointed.day,
    sum(pointed.weighed) filter (where pointed.score = 'outcome')
    / nullif(sum(pointed.weight) filter (where pointed.score = 'outcome'), 0) as outcome_score,
    sum(pointed.weighed) filter (where pointed.score = 'experience')
    / nullif(sum(pointed.weight) filter (where pointed.score = 'experience'), 0)
        as experience_score,
    sum(pointed.weight) / any_value(everything.weight) as coverage,
from pointed
cross join everything
where pointed.points is not null
group by pointed.month, pointed.customer_id, pointed.day
