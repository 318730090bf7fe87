-- question: Are we renewing, by customers and by money?
-- grain: one row per segment; contracts whose end date is in the window
-- parameters:
--   first_day: first day of the window, null for no limit
--   last_day: last day of the window, null for no limit
--   group_by: a dimension; null gives one row, segment "all"
--   filters: chosen values by dimension
-- columns:
--   segment: label in the dimension
--   contracts: contracts whose end date is in the window
--   renewed: of them renewed, on time, late or early
--   renewed_on_time: renewed by the day after the end, early ones included
--   renewed_late: renewed within grace
--   lost: marked lost, or grace is over
--   overdue: ended, in grace, no successor yet
--   due: end date ahead
--   due_arr: ARR of decided contracts
--   renewed_arr: ARR of their successors
--   kept_arr: the same, capped per customer at its due ARR
--   contract_renewal_rate: renewed / (renewed + lost)
--   logo_renewal_rate: customers with a renewal / customers with a decided contract
--   net_renewal_rate: renewed_arr / due_arr
--   gross_renewal_rate: kept_arr / due_arr
--   on_time_rate: renewed_on_time / decided
--   decided: renewed + lost
--   open: overdue + due
--   open_arr: ARR of open contracts
--   overdue_arr: ARR of overdue contracts
--   customers_decided: customers with a decided contract
--   customers_renewed: customers with a renewal
--   rate_low: lower bound of the Wilson 95 % interval of contract_renewal_rate
--   rate_high: its upper bound
--   rate_at_best: contract renewal rate if all open ones renew
--   rate_at_worst: the same if all open ones are lost
--   is_few_cases: fewer than 10 decided
--   other_currencies: yearly amounts in currencies without a rate, left out of every sum
select
    segment,
    contracts,
    renewed,
    renewed_on_time,
    renewed_late,
    lost,
    overdue,
    due,
    due_arr,
    renewed_arr,
    kept_arr,
    contract_renewal_rate,
    logo_renewal_rate,
    net_renewal_rate,
    gross_renewal_rate,
    on_time_rate,
    decided,
    open,
    open_arr,
    overdue_arr,
    customers_decided,
    customers_renewed,
    rate_low,
    rate_high,
    rate_at_best,
    rate_at_worst,
    is_few_cases,
    other_currencies,
from renewal_measures($group_by, null, $filters, $first_day, $last_day)
order by segment
