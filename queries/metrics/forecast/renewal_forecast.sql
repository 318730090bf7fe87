-- question: Which open contracts will renew, and what ARR is to be expected of them?
-- grain: one row per contract due or overdue
-- key: contract_id
-- parameters:
--   first_day: first day of the window of end dates, null for no limit
--   is_called (flag, optional): true: only contracts with a CSM's call; null for all
-- columns:
--   contract_id (text): the contract
--   customer_id (text): its customer
--   end_date (date): last day in force
--   arr (money): its ARR, workspace currency
--   probability (rate): chance that it renews, a fraction of 1
--   basis (code figures.basis): where the chance comes from: probability (the file's own), stage, quadrant (and size band), size, or marked_lost
--   expected_arr (money): probability x ARR
--   customer_name (text): the customer's name
--   outcome (code outcomes): due or overdue
--   days_left (days): end date - as-of date, negative once ended
--   quadrant (ordinal): the customer's at the last month end
--   size (label): size band
--   count_decided (count): decided contracts of the same quadrant and size band, or of the size band, that were still undecided at the same distance from their end
--   count_renewed (count): of them renewed
--   overall_rate (rate): renewed share of all contracts that were still undecided there, which weighs as ten more
--   at_days_left (days): that distance: 360 (or more), every 30 down to 30, 14 or 0 days before the end, or so many after it
--   stage (code stages): stage of the renewal process: start, plan, quote, commercial, deferred, renewed, lost or other
--   csm (label): the customer's
--   call (code calls): what the CSM says: commit, at_risk or lost; null without a call
--   called_on (date): when that was said
--   called_by (text): by whom
--   is_at_odds (flag): committed with a chance under half, or called lost with one of half or more
--   is_marked_lost (flag): due with its end ahead, and marked as lost or terminated all the same (B8)
select
    chances.contract_id,
    chances.customer_id,
    chances.end_date,
    chances.arr,
    chances.chance as probability,
    chances.basis,
    chances.chance * chances.arr as expected_arr,
    customers.customer_name,
    chances.outcome,
    chances.days_left,
    chances.quadrant,
    chances.size,
    chances.count_decided,
    chances.count_renewed,
    chances.overall_rate,
    chances.step as at_days_left,
    chances.stage,
    customers.csm,
    calls.call,
    calls.called_on,
    calls.csm as called_by,
    is_at_odds(calls.call, chances.chance) as is_at_odds,
    chances.is_marked_lost,
from chances_now() as chances
left join calls_now as calls on chances.contract_id = calls.contract_id
inner join segments(null, null, $filters) as scope on chances.contract_id = scope.contract_id
left join customers on chances.customer_id = customers.customer_id
where
    in_window(chances.end_date, $first_day, $last_day)
    and ($is_called is null or (calls.call is not null) = $is_called)
order by chances.end_date, chances.contract_id
