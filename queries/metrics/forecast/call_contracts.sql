-- question: On which contracts did CSMs make a call, and what came?
-- grain: one row per decided contract that had a call while it was undecided
-- key: contract_id
-- parameters:
--   first_day: first day of the window of end dates, null for no limit
--   call (code calls, optional): only contracts with this call, null for all
--   said_by (text, optional): only calls of this CSM, without a name of the customer's, "unknown" for those of none; null for all
-- columns:
--   contract_id (text): the contract
--   customer_id (text): its customer
--   customer_name (text): the customer's name
--   call (code calls): the newest call made while it was undecided: commit, at_risk or lost
--   called_on (date): when it was made
--   called_by (text): by whom
--   chance (rate): what the model gave it at the last month end by then; null where it did not know it yet
--   outcome (code outcomes): what came
--   arr (money): its ARR
--   end_date (date): last day in force
--   note (text): what was said beside the call
--   csm (label): the customer's
select
    calls.contract_id,
    calls.customer_id,
    listed.customer_name,
    calls.call,
    calls.called_on,
    calls.csm as called_by,
    calls.chance,
    listed.outcome,
    calls.arr,
    listed.end_date,
    calls.note,
    listed.csm,
from calls_held($as_of) as calls
inner join renewal_list($filters, $first_day, $last_day) as listed
    on calls.contract_id = listed.contract_id
where
    ($call is null or calls.call = $call)
    and ($said_by is null or coalesce(calls.csm, listed.csm, 'unknown') = $said_by)
order by calls.is_renewed, calls.arr desc nulls last, calls.contract_id
