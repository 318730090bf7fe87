-- One row per customer in force at a month end: its ARR then, scores, states and quadrant.
select
    health_customers.month,
    health_customers.customer_id,
    health_customers.arr,
    health_scores.outcome_score,
    health_scores.experience_score,
    coalesce(health_scores.coverage, 0) as coverage,
    outcome.level as outcome_level,
    experience.level as experience_level,
    3 * outcome.level + experience.level + 1 as quadrant,
from health_customers
left join health_scores
    on
        health_customers.month = health_scores.month
        and health_customers.customer_id = health_scores.customer_id
        and health_scores.day = health_scores.month
left join health_path as outcome
    on
        health_customers.month = outcome.month
        and health_customers.customer_id = outcome.customer_id
        and outcome.score = 'outcome'
left join health_path as experience
    on
        health_customers.month = experience.month
        and health_customers.customer_id = experience.customer_id
        and experience.score = 'experience'
