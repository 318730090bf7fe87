-- One row per ticket; without a ticket id the customer, day and subject make one.
with accepted as (
    select
        rows_tickets.* exclude (customer_id, ticket_id),
        stg_sheets.has,
        stg_identities.customer_id,
        coalesce(
            rows_tickets.ticket_id,
            'T-' || left(md5(concat_ws(
                '|',
                stg_identities.customer_id,
                rows_tickets.opened_on::varchar,
                coalesce(plain(rows_tickets.subject), '')
            )), 10)
        ) as ticket_id,
    from rows_tickets
    inner join stg_sheets
        on
            rows_tickets.import_id = stg_sheets.import_id
            and rows_tickets.sheet_no = stg_sheets.sheet_no
            and stg_sheets.dataset = 'tickets'
    left join stg_identities
        on
            rows_tickets.customer_id is not distinct from stg_identities.given_id
            and rows_tickets.name_key is not distinct from stg_identities.name_key
)

select
    ticket_id,
    max_by(customer_id, import_id) as customer_id,
    latest(opened_on, 'opened_on', has, import_id) as opened_on,
    latest(resolved_on, 'resolved_on', has, import_id) as resolved_on,
    latest(severity, 'severity', has, import_id) as severity,
    latest(csat, 'csat', has, import_id) as csat,
    latest(csat_scale, 'csat', has, import_id) as csat_scale,
    latest(subject, 'subject', has, import_id) as subject,
    list({'import_id': import_id, 'sheet_no': sheet_no, 'row_no': row_no}) as sources,
from accepted
group by ticket_id
