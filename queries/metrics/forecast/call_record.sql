-- question: Who foretold renewals better, the CSM or the model?
-- grain: one row per segment with decided contracts that a CSM had made a call on
-- key: segment
-- grouped by: dimensions
-- parameters:
--   group_by: a dimension; csm is who made the call, without a name the customer's CSM; null gives one row, segment "all"
--   first_day: first day of the window of end dates, null for no limit
-- columns:
--   segment (label): label in the dimension
--   contracts (count): decided contracts with a call made while they were undecided, in the last 36 months; the newest call counts
--   commit_contracts (count): of them those with the call "commit"
--   commit_renewed (count): of these renewed
--   at_risk_contracts (count): those with the call "at risk"
--   at_risk_renewed (count): of these renewed
--   lost_contracts (count): those with the call "lost"
--   lost_renewed (count): of these renewed
--   sure_calls (count): commit and lost, of contracts that the model had given a chance, too
--   hits_call (count): of them those that came as the CSM said
--   hits_model (count): those that came as the model had it: a chance of half or more renews
--   hit_rate_call (rate): hits_call / sure_calls
--   hit_rate_model (rate): hits_model / sure_calls
--   calls_compared (count): all calls on contracts that the model had given a chance, at risk ones too
--   brier_call (coefficient): mean squared miss of the calls over them, with commit as 1, at risk as 0.5, lost as 0; 0 is perfect
--   brier_model (coefficient): the same for the model's chance at the last month end by the call
--   is_few_cases (flag): fewer than 10 calls compared
with held as (
    select
        calls.*,
        calls.chance is not null as is_compared,
        calls.chance is not null and calls.call <> 'at_risk' as is_said,
        if($group_by = 'csm', coalesce(calls.csm, scope.segment), scope.segment) as segment,
    from calls_held($as_of) as calls
    inner join segments($group_by, null, $filters) as scope
        on calls.contract_id = scope.contract_id
    inner join renewals on calls.contract_id = renewals.contract_id
    where in_window(renewals.end_date, $first_day, $last_day)
),

counted as (
    select
        segment,
        count(*) as contracts,
        count(*) filter (where call = 'commit') as commit_contracts,
        count(*) filter (where call = 'commit' and is_renewed) as commit_renewed,
        count(*) filter (where call = 'at_risk') as at_risk_contracts,
        count(*) filter (where call = 'at_risk' and is_renewed) as at_risk_renewed,
        count(*) filter (where call = 'lost') as lost_contracts,
        count(*) filter (where call = 'lost' and is_renewed) as lost_renewed,
        count(*) filter (where is_said) as sure_calls,
        count(*) filter (where is_said and (call = 'commit') = is_renewed) as hits_call,
        count(*) filter (where is_said and (chance >= 0.5) = is_renewed) as hits_model,
        count(*) filter (where is_compared) as calls_compared,
        avg((chance_said(call) - is_renewed::integer) ** 2) filter (where is_compared)
            as brier_call,
        avg((chance - is_renewed::integer) ** 2) filter (where is_compared) as brier_model,
    from held
    group by segment
)

select
    segment,
    contracts,
    commit_contracts,
    commit_renewed,
    at_risk_contracts,
    at_risk_renewed,
    lost_contracts,
    lost_renewed,
    sure_calls,
    hits_call,
    hits_model,
    hits_call / nullif(sure_calls, 0) as hit_rate_call,
    hits_model / nullif(sure_calls, 0) as hit_rate_model,
    calls_compared,
    brier_call,
    brier_model,
    is_few(calls_compared) as is_few_cases,
from counted
order by contracts desc, segment
