-- question: Where and when are we not renewing?
-- grain: one row per segment and quarter of the end date
-- parameters:
--   as_of: the as-of date; facts after it are unknown
--   first_day: first day of the window, null for no limit
--   last_day: last day of the window, null for no limit
--   group_by: a dimension; null gives one row, segment "all"
--   filters: chosen values by dimension
-- columns:
--   segment: label in the dimension
--   period: quarter of the end date, like 2024-Q1
--   contracts: contracts whose end date is in the window
--   renewed: of them renewed, on time, late or early
--   lost: marked lost, or grace is over
--   overdue: ended, in grace, no successor yet
--   due: end date ahead
--   decided: renewed + lost
--   due_arr: ARR of decided contracts
--   renewed_arr: ARR of their successors
--   contract_renewal_rate: renewed / (renewed + lost)
--   net_renewal_rate: renewed_arr / due_arr
--   is_few_cases: fewer than 10 decided
--   is_open: the quarter is not over at the as-of date, or contracts of it are undecided
select
    segment,
    split as period,
    contracts,
    renewed,
    lost,
    overdue,
    due,
    decided,
    due_arr,
    renewed_arr,
    contract_renewal_rate,
    net_renewal_rate,
    is_few_cases,
    open > 0 or split >= year($as_of) || '-Q' || quarter($as_of) as is_open,
from renewal_measures($group_by, 'quarter', $filters, $first_day, $last_day)
where split <> 'unknown'
order by segment, period
