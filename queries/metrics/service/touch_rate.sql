-- question: How many customers did each CSM reach in each month?
-- grain: one row per CSM and month; with a grouping per segment, CSM and month
-- parameters:
--   as_of: the as-of date; touches after it are unknown
--   first_day: first day of the window; without a window the last 12 full months
--   last_day: last day of the window
--   group_by: a dimension; null gives segment "all"
--   filters: chosen values by dimension
-- columns:
--   csm: the customers' CSM now, "unknown" for none
--   month: first day of the month
--   customers: customers with a contract in force at the month's end, in the running month on the as-of date
--   touched: of them touched at least once in the month, by anybody
--   touch_rate: touched / customers
--   segment: label in the dimension
--   touches: touches of these customers in the month
--   hours: hours of these touches
--   arr: ARR of the customers
--   is_few_cases: fewer than 10 customers
select
    coalesce(csm, 'unknown') as csm,
    month,
    count(*) as customers,
    count(*) filter (where touches > 0) as touched,
    count(*) filter (where touches > 0) / count(*) as touch_rate,
    segment,
    sum(touches)::bigint as touches,
    sum(hours) as hours,
    sum(arr) as arr,
    is_few(count(*)) as is_few_cases,
from touch_months($group_by, $filters, $first_day, $last_day, $as_of)
group by month, coalesce(csm, 'unknown'), segment
order by month, csm, segment
