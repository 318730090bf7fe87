-- question: What moved our ARR in each month, quarter or year?
-- grain: one row per period of month ends not after the as-of date
-- key: period
-- grouped by: month, quarter, year
-- parameters:
--   first_day: first day of the window, null for the last 12 full months
--   last_day: last day of the window, null for the as-of date
--   group_by: month, quarter or year; null: month
-- columns:
--   period (period): 2024-03, 2024-Q1 or 2024
--   first_month (month): first month of the period
--   last_month (month): its last month that is over
--   last_day (date): last day of that month
--   opening (money): ARR at its beginning
--   new (money): of customers that never had ARR before
--   reactivation (money): of customers that had ARR before, but not in the month before
--   expansion (money): of customers that had less the month before
--   contraction (money): of customers that had more, negative
--   churn (money): of customers gone since the month before, negative
--   closing (money): ARR at its end
--   net_new (money change): closing - opening
--   quick_ratio (number): (new + reactivation + expansion) / (contraction + churn); null where nothing was lost
--   customers (count): customers with ARR at its end
--   mrr (money): closing / 12
--   is_open (flag): the period is not over at the as-of date
--   overdue (count): contracts whose loss would show in the period and that are in grace: no churn so far
--   overdue_arr (money): their ARR
--   net_at_worst (money change): net_new if all of them are lost
with moves as (
    select
        *,
        case coalesce($group_by, 'month')
            when 'month' then strftime(month, '%Y-%m')
            when 'quarter' then year(month) || '-Q' || quarter(month)
            else year(month)::varchar
        end as period,
    from moves_in_window($filters, $first_day, $last_day, $as_of)
),

months as (
    select
        period,
        month,
        sum(opening) as opening,
        sum(closing) as closing,
        count(*) filter (where closing > 0) as customers,
    from moves
    group by period, month
),

ends as (
    select
        period,
        min(month) as first_month,
        max(month) as last_month,
        arg_min(opening, month) as opening,
        arg_max(closing, month) as closing,
        arg_max(customers, month) as customers,
    from months
    group by period
),

sums as (
    select
        period,
        coalesce(sum(change) filter (where move = 'new'), 0) as new,
        coalesce(sum(change) filter (where move = 'reactivation'), 0) as reactivation,
        coalesce(sum(change) filter (where move = 'expansion'), 0) as expansion,
        coalesce(sum(change) filter (where move = 'contraction'), 0) as contraction,
        coalesce(sum(change) filter (where move = 'churn'), 0) as churn,
    from moves
    group by period
),

late as (
    select
        ends.period,
        count(*) as overdue,
        sum(overdue_spans.arr) as overdue_arr,
    from ends
    inner join overdue_spans($filters) as overdue_spans
        on overdue_spans.month between ends.first_month and ends.last_month
    group by ends.period
)

select
    ends.period,
    ends.first_month,
    ends.last_month,
    last_day(ends.last_month) as last_day,
    ends.opening,
    sums.new,
    sums.reactivation,
    sums.expansion,
    sums.contraction,
    sums.churn,
    ends.closing,
    ends.closing - ends.opening as net_new,
    (sums.new + sums.reactivation + sums.expansion) / nullif(-sums.contraction - sums.churn, 0)
        as quick_ratio,
    ends.customers,
    ends.closing / 12 as mrr,
    coalesce($group_by, 'month') <> 'month'
    and date_trunc(coalesce($group_by, 'month'), ends.last_month)
    = date_trunc(coalesce($group_by, 'month'), ends.last_month + interval 1 month) as is_open,
    coalesce(late.overdue, 0) as overdue,
    coalesce(late.overdue_arr, 0) as overdue_arr,
    net_new - coalesce(late.overdue_arr, 0) as net_at_worst,
from ends
inner join sums on ends.period = sums.period
left join late on ends.period = late.period
order by ends.period
