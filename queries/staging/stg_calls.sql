-- One row per contract and day on which a CSM said how its renewal will end.
select
    customer_id,
    contract_id,
    called_on,
    latest(call, 'call', has, import_id) as call,
    latest(csm, 'csm', has, import_id) as csm,
    latest(note, 'note', has, import_id) as note,
    list({'import_id': import_id, 'sheet_no': sheet_no, 'row_no': row_no}) as sources,
from counted_rows('calls')
group by customer_id, contract_id, called_on
