-- One row per contract with a call: the newest one.
-- follows: contract_id
select
    contract_id,
    max(called_on) as called_on,
    max_by(call, called_on) as call,
    max_by(csm, called_on) as csm,
    max_by(note, called_on) as note,
from call_log
group by contract_id
