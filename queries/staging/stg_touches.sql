-- One row per customer, day, kind, CSM and note.
with accepted as (
    select
        rows_touches.* exclude (customer_id),
        stg_sheets.has,
        stg_identities.customer_id,
    from rows_touches
    inner join stg_sheets
        on
            rows_touches.import_id = stg_sheets.import_id
            and rows_touches.sheet_no = stg_sheets.sheet_no
            and stg_sheets.dataset = 'touches'
    left join stg_identities
        on
            rows_touches.customer_id is not distinct from stg_identities.given_id
            and rows_touches.name_key is not distinct from stg_identities.name_key
)

select
    customer_id,
    touched_on,
    kind,
    csm,
    note,
    latest(hours, 'hours', has, import_id) as hours,
    list({'import_id': import_id, 'sheet_no': sheet_no, 'row_no': row_no}) as sources,
from accepted
group by customer_id, touched_on, kind, csm, note
