-- One row per customer, score and month end with a score: the level it is in (J7).
-- Each limit by itself is passed upwards at the limit and the margin, downwards at the limit less the
-- margin, and in between it stands as it was last passed; the first month goes by the plain limit.
with scored as (
    select
        health_scores.month,
        health_scores.customer_id,
        unnest(['outcome', 'experience']) as score,
        unnest([health_scores.outcome_score, health_scores.experience_score]) as value,
    from health_scores
    where health_scores.day = health_scores.month
),

-- where the customer was last known to be before the first month that is walked now
before as (
    select
        customer_id,
        score,
        max_by(level, month) as level,
    from tend.health_path
    where month < $first_month
    group by customer_id, score
),

steps as (
    select
        scored.*,
        health_levels.average_from,
        health_levels.healthy_from,
        before.level as level_before,
        before.level is null and row_number() over path = 1 as is_first,
    from scored
    inner join health_levels
        on scored.month = health_levels.month and scored.score = health_levels.score
    left join before on scored.customer_id = before.customer_id and scored.score = before.score
    where scored.value is not null
    window path as (partition by scored.customer_id, scored.score order by scored.month)
),

passed as (
    select
        *,
        passes(value, average_from, if(is_first, 0, $health_margin), is_first) as is_average,
        passes(value, healthy_from, if(is_first, 0, $health_margin), is_first) as is_healthy,
    from steps
)

select
    month,
    customer_id,
    score,
    coalesce(last_value(is_average ignore nulls) over path, level_before >= 1)::integer
    + coalesce(last_value(is_healthy ignore nulls) over path, level_before >= 2)::integer as level,
from passed
window path as (partition by customer_id, score order by month)
