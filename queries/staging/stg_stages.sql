-- One row per contract (else customer), stage and day it was entered.
select
    customer_id,
    contract_id,
    stage,
    entered_on,
    latest(expected_amount, 'expected_amount', has, import_id) as expected_amount,
    latest(probability, 'probability', has, import_id) as probability,
    latest(note, 'note', has, import_id) as note,
    list({'import_id': import_id, 'sheet_no': sheet_no, 'row_no': row_no}) as sources,
from counted_rows('stages')
group by customer_id, contract_id, stage, entered_on
