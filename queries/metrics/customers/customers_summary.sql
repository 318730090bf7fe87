-- question: How many customers are there, and what about them needs somebody?
-- grain: one row
-- columns:
--   customers (count): with a contract in force
--   arr (money): their ARR
--   at_risk (count): of them, outcome or experience at risk
--   at_risk_arr (money): their ARR
--   due (count): whose next contract ends within 90 days, or has ended and is not decided
--   due_arr (money): their ARR
--   untouched (count): not touched for over 60 days, or never, as far as touches are told
--   untouched_arr (money): their ARR
--   without_csm (count): of them, nobody is named as CSM
--   former (count): customers that had a contract and have none in force
--   without_contract (count): customers whose first contract has not begun, or that have none
--   everybody (count): all of them
select
    count(*) filter (where standing = 'in_force') as customers,
    coalesce(sum(arr) filter (where standing = 'in_force'), 0) as arr,
    count(*) filter (where 'at_risk' in (outcome_state, experience_state)) as at_risk,
    coalesce(sum(arr) filter (where 'at_risk' in (outcome_state, experience_state)), 0)
        as at_risk_arr,
    count(*) filter (where days_left <= 90) as due,
    coalesce(sum(arr) filter (where days_left <= 90), 0) as due_arr,
    count(*) filter (where standing = 'in_force' and is_long_untouched) as untouched,
    coalesce(sum(arr) filter (where standing = 'in_force' and is_long_untouched), 0)
        as untouched_arr,
    count(*) filter (where standing = 'in_force' and csm is null) as without_csm,
    count(*) filter (where standing = 'former') as former,
    count(*) filter (where standing = 'none') as without_contract,
    count(*) as everybody,
from customers_listed($filters, $as_of)
