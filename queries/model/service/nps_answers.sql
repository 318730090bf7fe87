-- One row per customer and person: the latest answer with an NPS in a window of days (G5, G7), and its group
-- (M29). A nameless answer is a person's own (M5).
create or replace macro nps_answers(first_day, last_day) as table
    select
        customer_id,
        person,
        max(answered_on) as answered_on,
        -- of one time's answers under two spellings of a name, the better one
        max_by(nps, (answered_at, nps)) as nps,
        nps_group(max_by(nps, (answered_at, nps))) as nps_group,
    from tend.stg_surveys
    where
        nps is not null
        and in_window(answered_on, first_day, last_day)
    group by customer_id, person;
