-- question: How do the contracts due in a quarter resolve over time, and is an open quarter ahead of the usual?
-- grain: one row per quarter of the end date and month end around it, up to the as-of date
-- key: quarter, months_after
-- parameters:
--   first_day: first day of the window of end dates, null for no limit
-- columns:
--   quarter (period): quarter of the end date, like 2024-Q1
--   months_after (months): month ends since the quarter's last one, negative before it
--   month_end (date): the day that the row is as of
--   contracts (count): contracts of the quarter that were known that day
--   renewed (count): of them renewed, as was known that day
--   lost (count): of them lost, as was known that day
--   open (count): neither yet
--   decided (count): renewed + lost
--   decided_share (rate): decided / contracts
--   renewed_share (rate): renewed / contracts
--   best_share (rate): the same with all open ones renewed
--   usual_renewed_share (rate): median of renewed_share at the same month end, over the finished quarters of the answer
--   count_finished (count): how many finished quarters that is
--   is_open (flag): the quarter is not over at the as-of date, or contracts of it are undecided
--   is_current (flag): the as-of date lies in the quarter
--   is_latest (flag): the last row of the quarter
with due as (
    select *,
    from quarters_due($filters, $first_day, $last_day, $as_of)
),

-- a successor may start 90 days before the first end: half a year before the quarter's last day
ages as (
    select unnest(range(-6, $grace_days::integer // 30 + 2)) as months_after,
),

resolved as (
    select
        due.quarter,
        due.quarter_end,
        ages.months_after,
        last_day((due.quarter_end + to_months(ages.months_after::integer))::date) as month_end,
        fate(
            last_day((due.quarter_end + to_months(ages.months_after::integer))::date),
            due.known_from,
            due.given_lost_from,
            due.renewed_from,
            due.lost_from,
            due.seemed_from,
            due.seemed_until
        ) as fate,
    from due
    cross join ages
),

counted as (
    select
        quarter,
        quarter_end,
        months_after,
        month_end,
        count(*) as contracts,
        count(*) filter (where fate = 'renewed') as renewed,
        count(*) filter (where fate = 'lost') as lost,
        count(*) filter (where fate = 'open') as open,
    from resolved
    where fate is not null and month_end <= $as_of
    group by quarter, quarter_end, months_after, month_end
),

quarters as (
    select
        quarter,
        max(months_after) as last_month,
    from counted
    group by quarter
),

still_open as (
    select distinct
        quarter,
        is_open,
    from due
),

usual as (
    select
        counted.months_after,
        median(counted.renewed / counted.contracts) as usual_renewed_share,
        count(*) as count_finished,
    from counted
    inner join still_open on counted.quarter = still_open.quarter
    where not still_open.is_open
    group by counted.months_after
)

select
    counted.quarter,
    counted.months_after,
    counted.month_end,
    counted.contracts,
    counted.renewed,
    counted.lost,
    counted.open,
    counted.renewed + counted.lost as decided,
    (counted.renewed + counted.lost) / counted.contracts as decided_share,
    counted.renewed / counted.contracts as renewed_share,
    (counted.renewed + counted.open) / counted.contracts as best_share,
    usual.usual_renewed_share,
    coalesce(usual.count_finished, 0) as count_finished,
    still_open.is_open,
    $as_of between date_trunc('quarter', counted.quarter_end) and counted.quarter_end
        as is_current,
    counted.months_after = quarters.last_month as is_latest,
from counted
inner join quarters on counted.quarter = quarters.quarter
inner join still_open on counted.quarter = still_open.quarter
left join usual on counted.months_after = usual.months_after
order by counted.quarter, counted.months_after
