-- One row per customer with a score at one of the last 12 month ends: the mean of the scores known at each, the
-- oldest first. What is a mean of one score is that score.
create or replace macro score_paths(day) as table
    select
        customer_id,
        list(
            (
                coalesce(outcome_score, experience_score)
                + coalesce(experience_score, outcome_score)
            ) / 2
            order by month
        ) as path,
    from tend.health_months
    where
        month between last_day((month_end_by(day) - interval 11 months)::date) and month_end_by(day)
        and coalesce(outcome_score, experience_score) is not null
    group by customer_id;
