-- One row per customer and respondent: the latest answer with an NPS in a window of days (G5, G7), and its group
-- (M29). A customer's nameless answers are those of one person (G3).
create or replace macro nps_answers(first_day, last_day) as table
    select
        customer_id,
        plain(respondent) as respondent,
        max(answered_on) as answered_on,
        -- of one day's answers under two spellings of a name, the better one
        max_by(nps, (answered_on, nps)) as nps,
        nps_group(max_by(nps, (answered_on, nps))) as nps_group,
    from tend.stg_surveys
    where
        nps is not null
        and in_window(answered_on, first_day, last_day)
    group by customer_id, plain(respondent);
