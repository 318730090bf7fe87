-- question: How long does a customer stay, what is it worth, and does that pay for winning it?
-- grain: one row per segment with ARR at the as-of date
-- key: segment
-- grouped by: dimensions
-- columns:
--   segment (label): label in the dimension
--   customers (count): customers with ARR
--   arr_per_customer (money): their mean ARR
--   logo_renewal_rate (rate): of the 12 months to the as-of date, by customers
--   lifetime_years (number): 1 / (1 - logo_renewal_rate); null where nothing was lost or decided
--   ltv (money): arr_per_customer x gross margin x lifetime_years
--   cac (money): mean acquisition cost of those customers that have one
--   ltv_cac (number): ltv / cac
--   customers_decided (count): customers with a decided contract in those 12 months
--   customers_renewed (count): of them with a renewal
--   customers_with_cac (count): customers with an acquisition cost
--   at_least_years (count): where nobody was lost: the years had one of them been lost, 20 at most
--   point_value (money): ARR a year that one point of renewal rate keeps: a hundredth of theirs
--   arr (money): their ARR
--   is_few_cases (flag): fewer than 10 customers decided
select
    told.segment,
    told.customers,
    told.arr_per_customer,
    told.logo_renewal_rate,
    told.lifetime_years,
    told.ltv,
    told.cac,
    told.ltv_cac,
    coalesce(told.customers_decided, 0) as customers_decided,
    coalesce(told.customers_renewed, 0) as customers_renewed,
    told.customers_with_cac,
    if(told.logo_renewal_rate = 1, least(told.customers_decided, 20), null) as at_least_years,
    told.arr / 100 as point_value,
    told.arr,
    is_few(coalesce(told.customers_decided, 0)) as is_few_cases,
from lifetime_values($group_by, $filters, $as_of, $gross_margin) as told
order by told.segment
