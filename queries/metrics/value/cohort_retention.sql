-- question: How many customers of each year, and how much of their ARR, are still there after n years?
-- grain: one row per cohort and age in years that every customer of the cohort has reached
-- key: cohort, age
-- grouped by: quarter
-- parameters:
--   group_by: quarter; null gives cohorts by year
-- columns:
--   cohort (period): year or quarter of the first recurring contract
--   age (count): whole years since each customer's first start
--   customers (count): customers of the cohort
--   kept_customers (count): of them with ARR on their anniversary
--   arr (money): ARR of the cohort at age 0
--   kept_arr (money): ARR on the anniversaries, capped per customer at its ARR at age 0
--   customer_share (rate): kept_customers / customers
--   arr_share (rate): kept_arr / arr
--   arr_now (money): ARR on the anniversaries, growth included
--   net_share (rate): arr_now / arr
--   overdue_customers (count): customers there by grace alone on their anniversary; while there are any, the age is not in the curve
select
    cohort,
    age,
    customers,
    kept_customers,
    arr,
    kept_arr,
    kept_customers / customers as customer_share,
    kept_arr / nullif(arr, 0) as arr_share,
    arr_now,
    arr_now / nullif(arr, 0) as net_share,
    overdue_customers,
from cohort_ages($group_by, $filters, $as_of)
order by cohort, age
