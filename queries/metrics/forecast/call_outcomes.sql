-- question: What became of the contracts that CSMs committed, saw at risk, or gave up?
-- grain: one row per call, over decided contracts that had one while they were undecided
-- key: call
-- parameters:
--   first_day: first day of the window of end dates, null for no limit
-- columns:
--   call (code calls): commit, at_risk or lost
--   contracts (count): decided contracts with this call as the newest
--   renewed (count): of them renewed
--   rate (rate): renewed / contracts
--   rate_low (rate): lower bound of its Wilson 95 % interval
--   rate_high (rate): upper bound
--   expected_rate (rate): mean of the chances that the model gave them at the last month end by the call
--   arr (money): their ARR
--   is_few_cases (flag): fewer than 10 contracts
with counted as (
    select
        calls.call,
        count(*) as contracts,
        count(*) filter (where calls.is_renewed) as renewed,
        avg(calls.chance) as expected_rate,
        coalesce(sum(calls.arr), 0) as arr,
    from calls_held($as_of) as calls
    inner join segments(null, null, $filters) as scope on calls.contract_id = scope.contract_id
    inner join renewals on calls.contract_id = renewals.contract_id
    where in_window(renewals.end_date, $first_day, $last_day)
    group by calls.call
)

select
    call,
    contracts,
    renewed,
    renewed / nullif(contracts, 0) as rate,
    wilson_low(renewed, contracts) as rate_low,
    wilson_high(renewed, contracts) as rate_high,
    expected_rate,
    arr,
    is_few(contracts) as is_few_cases,
from counted
order by chance_said(call) desc
