-- question: What share of customers uses the product well, badly, or not at all?
-- grain: one row per month end
-- parameters:
--   first_day: first day of the window, null for no limit
--   last_day: last day of the window, null for no limit
--   as_of: the as-of date
--   filters: chosen values by dimension
--   north_star: the setting; the measure whose absence is no use
-- columns:
--   month: the month end
--   customers: customers in force
--   well: customers with an outcome healthy or average
--   badly: customers with an outcome at risk
--   not_at_all: customers without a key action in 90 days
--   unknown: customers of which nothing is known
--   arr: ARR of the customers in force
--   well_arr: ARR of those that use it well
--   badly_arr: of those that use it badly
--   not_at_all_arr: of those that do not use it
--   unknown_arr: of those of which nothing is known
--   active_share: mean share of the licences that are in use
--   single_feature: customers that use one feature only
--   well_rate: well / customers
--   badly_rate: badly / customers
--   not_at_all_rate: not at all / customers
--   unknown_rate: unknown / customers
--   well_arr_rate: ARR of those that use it well / ARR
select
    month,
    count(*) as customers,
    count(*) filter (where state = 'well') as well,
    count(*) filter (where state = 'badly') as badly,
    count(*) filter (where state = 'not_at_all') as not_at_all,
    count(*) filter (where state = 'unknown') as unknown,
    sum(arr) as arr,
    coalesce(sum(arr) filter (where state = 'well'), 0) as well_arr,
    coalesce(sum(arr) filter (where state = 'badly'), 0) as badly_arr,
    coalesce(sum(arr) filter (where state = 'not_at_all'), 0) as not_at_all_arr,
    coalesce(sum(arr) filter (where state = 'unknown'), 0) as unknown_arr,
    -- in one order, so that the same facts give the same last digit
    avg(active_share order by customer_id) as active_share,
    count(*) filter (where breadth <= 1) as single_feature,
    count(*) filter (where state = 'well') / count(*) as well_rate,
    count(*) filter (where state = 'badly') / count(*) as badly_rate,
    count(*) filter (where state = 'not_at_all') / count(*) as not_at_all_rate,
    count(*) filter (where state = 'unknown') / count(*) as unknown_rate,
    coalesce(sum(arr) filter (where state = 'well'), 0) / nullif(sum(arr), 0) as well_arr_rate,
from usage_months($filters, $north_star)
where
    month <= $as_of
    and ($first_day is null or month >= $first_day)
    and ($last_day is null or month <= $last_day)
group by month
order by month
