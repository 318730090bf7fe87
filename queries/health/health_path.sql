-- One row per customer, score and month end with a score: the level, walked month by month (J7).
with recursive scored as (
    select
        health_scores.month,
        health_scores.customer_id,
        unnest(['outcome', 'experience']) as score,
        unnest([health_scores.outcome_score, health_scores.experience_score]) as value,
    from health_scores
    where health_scores.day = health_scores.month
),

steps as (
    select
        scored.month,
        scored.customer_id,
        scored.score,
        scored.value,
        health_levels.average_from,
        health_levels.healthy_from,
        row_number() over (
            partition by scored.customer_id, scored.score
            order by scored.month
        ) as step,
    from scored
    inner join health_levels
        on scored.month = health_levels.month and scored.score = health_levels.score
    where scored.value is not null
),

-- the state that a customer was last known to be in before the first month that is walked now
before as (
    select
        customer_id,
        score,
        max_by(level, month) as level,
    from tend.health_path
    where month < $first_month
    group by customer_id, score
),

path as (
    select
        steps.month,
        steps.customer_id,
        steps.score,
        steps.step,
        case
            when before.level is null
                then level_of(steps.value, steps.average_from, steps.healthy_from)
            else
                next_level(
                    before.level,
                    steps.value,
                    steps.average_from,
                    steps.healthy_from,
                    $health_margin
                )
        end as level,
    from steps
    left join before on steps.customer_id = before.customer_id and steps.score = before.score
    where steps.step = 1
    union all
    select
        steps.month,
        steps.customer_id,
        steps.score,
        steps.step,
        next_level(
            path.level, steps.value, steps.average_from, steps.healthy_from, $health_margin
        ) as level,
    from path
    inner join steps
        on
            path.customer_id = steps.customer_id
            and path.score = steps.score
            and path.step + 1 = steps.step
)

select
    month,
    customer_id,
    score,
    level,
from path
