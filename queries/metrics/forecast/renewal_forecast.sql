-- question: Which open contracts will renew, and what ARR is to be expected of them?
-- grain: one row per contract due or overdue
-- parameters:
--   as_of: the as-of date; facts after it are unknown
--   first_day: first day of the window of end dates, null for no limit
--   last_day: last day of the window, null for no limit
--   filters: chosen values by dimension
-- columns:
--   contract_id: the contract
--   customer_id: its customer
--   end_date: last day in force
--   arr: its ARR, workspace currency
--   probability: chance that it renews, a fraction of 1
--   basis: where the chance comes from: probability (the file's own), stage, quadrant (and size band), or size
--   expected_arr: probability x ARR
--   customer_name: the customer's name
--   outcome: due or overdue
--   days_left: end date - as-of date, negative once ended
--   quadrant: the customer's at the last month end
--   size: size band
--   count_decided: decided contracts of the same quadrant and size band, or of the size band
--   count_renewed: of them renewed
--   overall_rate: renewed share of all decided contracts, which weighs as ten more
--   stage: stage of the renewal process: start, plan, quote, commercial, deferred, renewed, lost or other
--   csm: the customer's
--   is_marked_lost: due with its end ahead, and marked as lost or terminated all the same (B8)
select
    chances.contract_id,
    chances.customer_id,
    chances.end_date,
    chances.arr,
    chances.chance as probability,
    chances.basis,
    chances.chance * chances.arr as expected_arr,
    customers.customer_name,
    renewals.outcome,
    renewals.days_left,
    chances.quadrant,
    chances.size,
    chances.count_decided,
    chances.count_renewed,
    chances.overall_rate,
    chances.stage,
    customers.csm,
    renewals.is_marked_lost,
from renewal_chances([$as_of]) as chances
inner join renewals on chances.contract_id = renewals.contract_id
inner join segments(null, null, $filters) as scope on chances.contract_id = scope.contract_id
left join customers on chances.customer_id = customers.customer_id
where
    ($first_day is null or chances.end_date >= $first_day)
    and ($last_day is null or chances.end_date <= $last_day)
order by chances.end_date, chances.contract_id
