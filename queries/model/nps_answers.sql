-- One row per customer and respondent: the latest answer with an NPS in the window (G5, G7).
-- A nameless person is one of the customer's (G3); of two answers of one day the better one counts.
create or replace macro nps_answers(first_day, last_day) as table
    select
        customer_id,
        coalesce(plain(respondent), '') as respondent,
        max(answered_on) as answered_on,
        max_by(nps, (answered_on, nps)) as nps,
    from tend.stg_surveys
    where
        nps is not null
        and (first_day is null or answered_on >= first_day)
        and (last_day is null or answered_on <= last_day)
    group by customer_id, coalesce(plain(respondent), '');
