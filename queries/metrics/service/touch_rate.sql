-- question: How many customers did each CSM reach in each month?
-- grain: one row per CSM and month; with a grouping per segment, CSM and month
-- key: segment, csm, month
-- grouped by: dimensions
-- parameters:
--   first_day: first day of the window; without a window the last 12 full months
-- columns:
--   csm (label): the customers' CSM now, "unknown" for none
--   month (month): first day of the month
--   customers (count): customers with a contract in force at the month's end, in the running month on the as-of date
--   touched (count): of them touched at least once in the month, by anybody; null for months after the newest touch of all or before the first
--   touch_rate (rate): touched / customers
--   segment (label): label in the dimension
--   touches (count): touches of these customers in the month
--   hours (number): hours of these touches
--   arr (money): ARR of the customers
--   is_few_cases (flag): fewer than 10 customers
--   target (rate): what the settings aim at; null without a target
select
    coalesce(csm, 'unknown') as csm,
    month,
    count(*) as customers,
    if(bool_and(is_known), count(*) filter (where touches > 0), null) as touched,
    touched / count(*) as touch_rate,
    segment,
    sum(touches)::bigint as touches,
    sum(hours) as hours,
    sum(arr) as arr,
    is_few(count(*)) as is_few_cases,
    $targets['touch_rate']::double as target,
from touch_months($group_by, $filters, $first_day, $last_day, $as_of)
group by month, coalesce(csm, 'unknown'), segment
order by month, csm, segment
