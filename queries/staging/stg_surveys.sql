-- One row per customer, time and respondent, of nameless ones each by its place among them (M5); what several files say
-- of one answer is merged (K21).
with told as (
    select *,
    from counted_rows('surveys')
),

timed as (
    select
        customer_id,
        answered_on,
        respondent,
        max(import_id) as import_id,
    from told
    where time_of_day is not null
    group by all
),

accepted as (
    select told.* replace (place_of(told.place) as place),
    from told
    anti join timed
        on
            is_replaced_by_time(told.place, told.import_id, timed.import_id)
            and told.customer_id = timed.customer_id
            and told.answered_on = timed.answered_on
            and told.respondent is not distinct from timed.respondent
)

select
    customer_id,
    answered_on,
    time_of_day,
    respondent,
    place,
    -- in the order of the answers
    answered_on || ' ' || coalesce(time_of_day, '') as answered_at,
    -- who has answered: a nameless row is a person of its own
    coalesce(plain(respondent), '#' || answered_at || ' ' || place) as person,
    latest(nps, 'nps', has, import_id) as nps,
    latest(csat, 'csat', has, import_id) as csat,
    latest(csat_scale, 'csat', has, import_id) as csat_scale,
    latest(sentiment, 'sentiment', has, import_id) as sentiment,
    latest(comment, 'comment', has, import_id) as comment,
    list({'import_id': import_id, 'sheet_no': sheet_no, 'row_no': row_no}) as sources,
from accepted
group by customer_id, answered_on, time_of_day, respondent, place
