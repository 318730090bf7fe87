-- One row per answer of a detractor (M29); where there is no NPS, per rating under 60 %.
create or replace macro critical_answer_causes(look_back, as_of) as table
    select
        'critical_answer' as cause,
        customer_id,
        answered_on::varchar as about,
        answered_on || '|' || coalesce(plain(respondent), '') as mark,
        answered_on as began_on,
        nps as value,
    from tend.stg_surveys
    where
        answered_on between as_of - look_back and as_of
        and coalesce(nps_group(nps) = 'detractor', csat / nullif(csat_scale, 0) < 0.6, false);
