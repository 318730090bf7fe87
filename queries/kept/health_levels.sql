-- One row per month end and score: from where it is average and healthy, by the pool's quarter and
-- middle (J6), unless set by hand.
with scored as (
    select
        health_pool.month,
        health_pool.is_learned,
        unnest(['outcome', 'experience']) as score,
        unnest([health_scores.outcome_score, health_scores.experience_score]) as value,
    from health_pool
    inner join health_scores
        on
            health_pool.month = health_scores.month
            and health_pool.customer_id = health_scores.customer_id
            and health_pool.day = health_scores.day
),

-- those in force stand in only where no renewed contract has the score
kinds as (
    select
        month,
        score,
        bool_or(is_learned) as is_learned,
    from scored
    where value is not null
    group by month, score
)

select
    scored.month,
    scored.score,
    any_value(scored.is_learned) as is_learned,
    count(*) as count_cases,
    coalesce($health_average_from[scored.score], round(quantile_cont(scored.value, 0.25), 9))
        as average_from,
    coalesce($health_healthy_from[scored.score], round(quantile_cont(scored.value, 0.5), 9))
        as healthy_from,
from scored
inner join kinds
    on
        scored.month = kinds.month
        and scored.score = kinds.score
        and scored.is_learned = kinds.is_learned
where scored.value is not null
group by scored.month, scored.score
