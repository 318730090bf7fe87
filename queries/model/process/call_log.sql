-- One row per contract and day on which a CSM said how its renewal will end, known on the as-of date; of one day the
-- newest import's word counts.
-- follows: contract_id
select
    contract_id,
    called_on,
    max_by(call, import_id) as call,
    max_by(csm, import_id) as csm,
    max_by(note, import_id) as note,
from calls_told
group by contract_id, called_on
