-- One row per customer and day with answers in the 12 months up to it (G6).
with answers as (
    select
        health_points.customer_id,
        health_points.day,
        stg_surveys.person,
        stg_surveys.answered_at,
        stg_surveys.nps,
        stg_surveys.sentiment,
    from health_points
    inner join tend.stg_surveys
        on
            health_points.customer_id = stg_surveys.customer_id
            and stg_surveys.answered_on > health_points.day - interval 12 months
            and health_points.day >= stg_surveys.answered_on
),

-- a nameless answer is a person's own (M5); the latest answer with an NPS counts (G7)
latest_answers as (
    select
        customer_id,
        day,
        max_by(nps, answered_at) filter (where nps is not null) as nps,
        sum(sentiment) as sentiment,
        count(sentiment) as count_sentiments,
    from answers
    group by customer_id, day, person
)

select
    customer_id,
    day,
    avg(nps) as nps,
    sum(sentiment) / nullif(sum(count_sentiments), 0) as sentiment,
from latest_answers
group by customer_id, day
