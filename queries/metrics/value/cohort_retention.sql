-- question: How many customers of each year, and how much of their ARR, are still there after n years?
-- grain: one row per cohort and age in years that every customer of the cohort has reached
-- parameters:
--   as_of: the as-of date; facts after it are unknown
--   group_by: quarter; null gives cohorts by year
--   filters: chosen values by dimension
-- columns:
--   cohort: year or quarter of the first recurring contract
--   age: whole years since each customer's first start
--   customers: customers of the cohort
--   kept_customers: of them with ARR on their anniversary
--   arr: ARR of the cohort at age 0
--   kept_arr: ARR on the anniversaries, capped per customer at its ARR at age 0
--   customer_share: kept_customers / customers
--   arr_share: kept_arr / arr
--   arr_now: ARR on the anniversaries, growth included
--   net_share: arr_now / arr
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
from cohort_ages($group_by, $filters, $as_of)
order by cohort, age
