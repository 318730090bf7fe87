-- One row per month end and customer on a day: its two scores by the month's limits, and how much of
-- the definition had data (J9). The day is the month end, or 90 days before the end of a renewed contract.
-- Equal scores, added up from different points, may differ in their last digits, and a limit is such a score itself.
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
        health_scales.score,
        points(
            health_known.value,
            health_scales.limit_low,
            health_scales.limit_high,
            health_scales.is_more_better
        ) as points,
        -- sums of decimals have the same last digit in whichever order they are made
        health_scales.weight::decimal(38, 12) as weight,
        (health_scales.weight * points)::decimal(38, 12) as weighed,
    from members
    inner join health_known
        on members.customer_id = health_known.customer_id and members.day = health_known.day
    left join tend.stg_customers on members.customer_id = stg_customers.customer_id
    inner join health_scales
        on
            members.month = health_scales.month
            and health_known.indicator = health_scales.indicator
            and stg_customers.industry is not distinct from health_scales.industry
),

everything as (
    select sum(weight) as weight,
    from health_indicators
)

select
    pointed.month,
    pointed.customer_id,
    pointed.day,
    round(
        sum(pointed.weighed) filter (where pointed.score = 'outcome')
        / nullif(sum(pointed.weight) filter (where pointed.score = 'outcome'), 0),
        9
    ) as outcome_score,
    round(
        sum(pointed.weighed) filter (where pointed.score = 'experience')
        / nullif(sum(pointed.weight) filter (where pointed.score = 'experience'), 0),
        9
    ) as experience_score,
    sum(pointed.weight) / any_value(everything.weight) as coverage,
from pointed
cross join everything
where pointed.points is not null
group by pointed.month, pointed.customer_id, pointed.day
