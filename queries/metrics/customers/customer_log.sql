-- question: What was done for a customer, and what did it say?
-- grain: one row per touch, answer and ticket known at the as-of date, the newest first
-- key: none
-- parameters:
--   customer_id (text): the customer
-- columns:
--   day (date): when it was touched, answered, or opened a ticket
--   event (code): touch, answer or ticket
--   dataset (code datasets): the data set it is of
--   kind (text): of a touch, as files give it
--   who (text): who touched it, or who answered
--   nps (number): 0 to 10, of an answer
--   csat (rate): as a share of the scale, of an answer or a ticket
--   severity (text): of a ticket: critical, high, medium or low; as files give it where it is none of these
--   resolved_on (date): when the ticket was solved, if it was by then
--   text (text): note, comment or subject
--   hours (number): hours of the touch
--   source (text): the newest row that speaks of it: import/sheet/row
with events as (
    select
        customer_id,
        touched_on as day,
        'touch' as event,
        'touches' as dataset,
        kind,
        csm as who,
        null::double as nps,
        null::double as csat,
        null::varchar as severity,
        null::date as resolved_on,
        note as text,
        hours,
        list_max(sources) as source,
    from tend.stg_touches
    union all
    select
        customer_id,
        answered_on as day,
        'answer' as event,
        'surveys' as dataset,
        null as kind,
        respondent as who,
        nps,
        csat / nullif(csat_scale, 0) as csat,
        null as severity,
        null as resolved_on,
        comment as text,
        null as hours,
        list_max(sources) as source,
    from tend.stg_surveys
    union all
    select
        customer_id,
        opened_on as day,
        'ticket' as event,
        'tickets' as dataset,
        null as kind,
        null as who,
        null as nps,
        if(resolved_on <= $as_of, csat / nullif(csat_scale, 0), null) as csat,
        severity,
        if(resolved_on <= $as_of, resolved_on, null) as resolved_on,
        subject as text,
        null as hours,
        list_max(sources) as source,
    from tend.stg_tickets
)

select
    * exclude (customer_id)
    replace (concat_ws('/', source.import_id, source.sheet_no, source.row_no) as source),
from events
where customer_id = $customer_id and day <= $as_of
order by day desc, event, kind, who, text
