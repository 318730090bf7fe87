-- One row per contract (else customer), stage and day it was entered.
with accepted as (
    select
        rows_stages.* exclude (customer_id),
        stg_sheets.has,
        stg_identities.customer_id,
    from rows_stages
    inner join stg_sheets
        on
            rows_stages.import_id = stg_sheets.import_id
            and rows_stages.sheet_no = stg_sheets.sheet_no
            and stg_sheets.dataset = 'stages'
    left join stg_identities
        on
            rows_stages.customer_id is not distinct from stg_identities.given_id
            and rows_stages.name_key is not distinct from stg_identities.name_key
)

select
    customer_id,
    contract_id,
    stage,
    entered_on,
    latest(expected_amount, 'expected_amount', has, import_id) as expected_amount,
    latest(probability, 'probability', has, import_id) as probability,
    latest(note, 'note', has, import_id) as note,
    list({'import_id': import_id, 'sheet_no': sheet_no, 'row_no': row_no}) as sources,
from accepted
group by customer_id, contract_id, stage, entered_on
