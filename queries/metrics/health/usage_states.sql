-- question: What share of customers uses the product well, badly, or not at all?
-- grain: one row per month end
-- key: month
-- columns:
--   month (month): the month end
--   customers (count): customers in force
--   well (count): customers with an outcome healthy or average
--   badly (count): customers with an outcome at risk
--   not_at_all (count): customers without a key action in 90 days
--   unknown (count): customers of which nothing is known
--   arr (money): ARR of the customers in force
--   well_arr (money): ARR of those that use it well
--   badly_arr (money): of those that use it badly
--   not_at_all_arr (money): of those that do not use it
--   unknown_arr (money): of those of which nothing is known
--   active_share (rate): mean share of the licences that are in use
--   single_feature (count): customers that use one feature only
--   well_rate (rate): well / customers
--   badly_rate (rate): badly / customers
--   not_at_all_rate (rate): not at all / customers
--   unknown_rate (rate): unknown / customers
--   well_arr_rate (rate): ARR of those that use it well / ARR
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
    and in_window(month, $first_day, $last_day)
group by month
order by month
