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

pointed as (
    select
        members.month,
        members.customer_id,
        members.day,
        health_indicators.score,
        health_indicators.weight,
        points(
            health_known.value,
            coalesce(health_indicators.low, own.low, overall.low),
            coalesce(health_indicators.high, own.high, overall.high),
            health_indicators.is_more_better
        ) as points,
    from members
    inner join health_known
        on members.customer_id = health_known.customer_id and members.day = health_known.day
    inner join health_indicators on health_known.indicator = health_indicators.indicator
    left join tend.stg_customers on members.customer_id = stg_customers.customer_id
    left join health_limits as own
        on
            members.month = own.month
            and health_known.indicator = own.indicator
            and stg_customers.industry = own.industry
    left join health_limits as overall
        on
            members.month = overall.month
            and health_known.indicator = overall.indicator
            and overall.industry is null
),

everything as (
    select sum(weight) as weight,
    from health_indicators
)

select
    pointed.month,
    pointed.customer_id,
    pointed.day,
    sum(pointed.weight * pointed.points) filter (where pointed.score = 'outcome')
    / nullif(sum(pointed.weight) filter (where pointed.score = 'outcome'), 0) as outcome_score,
    sum(pointed.weight * pointed.points) filter (where pointed.score = 'experience')
    / nullif(sum(pointed.weight) filter (where pointed.score = 'experience'), 0)
        as experience_score,
    sum(pointed.weight) / any_value(everything.weight) as coverage,
from pointed
cross join everything
where pointed.points is not null
group by pointed.month, pointed.customer_id, pointed.day
