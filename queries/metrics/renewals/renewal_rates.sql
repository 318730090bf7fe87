-- question: Are we renewing, by customers and by money?
-- grain: one row per segment; contracts whose end date is in the window
-- key: segment
-- grouped by: dimensions, month, quarter
-- columns:
--   segment (label): label in the dimension
--   contracts (count): contracts whose end date is in the window
--   renewed (count): of them renewed, on time, late or early
--   renewed_on_time (count): renewed by the day after the end, early ones included
--   renewed_late (count): renewed within grace
--   lost (count): marked lost, or grace is over
--   overdue (count): ended, in grace, no successor yet
--   due (count): end date ahead
--   due_arr (money): ARR of decided contracts
--   renewed_arr (money): ARR of their successors
--   kept_arr (money): the same, capped per customer at its due ARR
--   contract_renewal_rate (rate): renewed / (renewed + lost)
--   logo_renewal_rate (rate): customers with a renewal / customers with a decided contract
--   net_renewal_rate (rate): renewed_arr / due_arr
--   gross_renewal_rate (rate): kept_arr / due_arr
--   on_time_rate (rate): renewed_on_time / decided
--   decided (count): renewed + lost
--   open (count): overdue + due
--   open_arr (money): ARR of open contracts
--   overdue_arr (money): ARR of overdue contracts
--   customers_decided (count): customers with a decided contract
--   customers_renewed (count): customers with a renewal
--   rate_low (rate): lower bound of the Wilson 95 % interval of contract_renewal_rate
--   rate_high (rate): its upper bound
--   rate_at_best (rate): contract renewal rate if all open ones renew
--   rate_at_worst (rate): the same if all open ones are lost
--   is_few_cases (flag): fewer than 10 decided
--   target (rate): of the contract renewal rate, by the settings; null without one
--   other_currencies (text): yearly amounts in currencies without a rate, left out of every sum
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
    $targets['contract_renewal_rate']::double as target,
    other_currencies,
from renewal_measures($group_by, null, $filters, $first_day, $last_day)
order by segment
