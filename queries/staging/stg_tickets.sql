-- One row per ticket; without a ticket id the customer, the time, the subject and the place among equals make one (M6).
with told as (
    select *,
    from counted_rows('tickets')
),

timed as (
    select
        customer_id,
        opened_on,
        plain(subject) as subject,
        max(import_id) as import_id,
    from told
    where time_of_day is not null and ticket_id is null
    group by all
),

accepted as (
    select
        told.* replace (
            place_of(told.place) as place,
            coalesce(
                told.ticket_id,
                'T-' || left(md5(concat_ws(
                    '|',
                    told.customer_id,
                    told.opened_on::varchar,
                    coalesce(plain(told.subject), ''),
                    told.time_of_day,
                    nullif(place_of(told.place), 1)
                )), 10)
            ) as ticket_id
        ),
    from told
    anti join timed
        on
            told.ticket_id is null
            and is_replaced_by_time(told.place, told.import_id, timed.import_id)
            and told.customer_id = timed.customer_id
            and told.opened_on = timed.opened_on
            and plain(told.subject) is not distinct from timed.subject
)

select
    ticket_id,
    max_by(customer_id, said_at(import_id, sheet_no, row_no, true)) as customer_id,
    latest(opened_on, 'opened_on', has, import_id) as opened_on,
    latest(time_of_day, 'opened_on', has, import_id) as time_of_day,
    latest(resolved_on, 'resolved_on', has, import_id) as resolved_on,
    latest(severity, 'severity', has, import_id) as severity,
    latest(csat, 'csat', has, import_id) as csat,
    latest(csat_scale, 'csat', has, import_id) as csat_scale,
    latest(subject, 'subject', has, import_id) as subject,
    max(place) as place,
    list({'import_id': import_id, 'sheet_no': sheet_no, 'row_no': row_no}) as sources,
from accepted
group by ticket_id
