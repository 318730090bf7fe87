-- One row per person and day whose latest answer is a detractor's (M29); where it has no NPS, a rating under 60 %.
create or replace macro critical_answer_causes(look_back, as_of) as table
    with latest_answers as (
        select *,
        from tend.stg_surveys
        where answered_on between as_of - look_back and as_of
        qualify
            rank() over (
                partition by customer_id, answered_on, person order by answered_at desc
            ) = 1
    )

    select
        'critical_answer' as cause,
        customer_id,
        answered_on::varchar as about,
        answer_mark(answered_on, respondent, time_of_day, place) as mark,
        answered_on as began_on,
        nps as value,
    from latest_answers
    where coalesce(nps_group(nps) = 'detractor', csat / nullif(csat_scale, 0) < 0.6, false);
