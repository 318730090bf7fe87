-- question: How much of the ARR of 12 months before was still there, month by month?
-- grain: one row per month end not after the as-of date
-- key: month
-- parameters:
--   first_day: first day of the window, null for the last 12 full months
--   last_day: last day of the window, null for the as-of date
-- columns:
--   month (month): first day of the month
--   opening_customers (count): customers with ARR 12 months before its end
--   kept_customers (count): of them with ARR at its end
--   opening_arr (money): their ARR then
--   kept_arr (money): their ARR at its end, capped per customer at the opening
--   arr_now (money): their ARR at its end
--   nrr (rate): arr_now / opening_arr
--   grr (rate): kept_arr / opening_arr
--   logo_retention (rate): kept_customers / opening_customers
--   overdue_arr (money): of arr_now, contracts that had ended by then and are in grace today: it is open whether it stays
--   nrr_at_worst (rate): nrr if all of them are lost
--   grr_at_worst (rate): grr if all of them are lost
--   nrr_target (rate): what the settings aim at; null without a target
--   grr_target (rate): what the settings aim at; null without a target
with month_ends as (
    select month_end as day,
    from full_months($first_day, $last_day, $as_of)
),

spans as (
    select arr_spans.*,
    from arr_spans
    inner join segments(null, null, $filters) as scope on arr_spans.contract_id = scope.contract_id
),

-- the opening of a month end is the same day a year before, clamped (A9)
levels as (
    select
        month_ends.day,
        spans.customer_id,
        coalesce(
            sum(spans.arr) filter (
                where year_before(month_ends.day)
                between spans.first_day and spans.last_day
            ),
            0
        ) as opening,
        coalesce(
            sum(spans.arr) filter (where month_ends.day between spans.first_day and spans.last_day),
            0
        ) as closing,
        coalesce(
            sum(spans.arr) filter (
                where month_ends.day between spans.first_day and spans.sure_until
            ),
            0
        ) as sure_closing,
    from month_ends
    inner join spans
        on
            month_ends.day >= spans.first_day
            and spans.last_day >= year_before(month_ends.day)
    group by month_ends.day, spans.customer_id
)

select
    date_trunc('month', day)::date as month,
    count(*) as opening_customers,
    count(*) filter (where closing > 0) as kept_customers,
    sum(opening) as opening_arr,
    sum(kept_of(closing, opening)) as kept_arr,
    sum(closing) as arr_now,
    sum(closing) / nullif(sum(opening), 0) as nrr,
    sum(kept_of(closing, opening)) / nullif(sum(opening), 0) as grr,
    count(*) filter (where closing > 0) / count(*) as logo_retention,
    sum(closing - sure_closing) as overdue_arr,
    sum(sure_closing) / nullif(sum(opening), 0) as nrr_at_worst,
    sum(kept_of(sure_closing, opening)) / nullif(sum(opening), 0) as grr_at_worst,
    $targets['nrr']::double as nrr_target,
    $targets['grr']::double as grr_target,
from levels
where opening > 0
group by day
order by day
