-- question: Does what we win outweigh what we lose?
-- grain: one row where customers had ARR in the window
-- parameters:
--   first_day: first day of the window, null for the last 12 full months
--   last_day: last day of the window, null for the as-of date
-- columns:
--   won (money): new, reactivation and expansion
--   lost (money): contraction and churn, as a positive amount
--   quick_ratio (number): won / lost; null where nothing was lost
--   overdue (count): contracts whose loss would show in the window and that are in grace: not lost so far
--   overdue_arr (money): their ARR
with moves as (
    select
        coalesce(
            sum(change) filter (where move in ('new', 'reactivation', 'expansion')), 0
        ) as won,
        coalesce(-sum(change) filter (where move in ('contraction', 'churn')), 0) as lost,
    from moves_in_window($filters, $first_day, $last_day, $as_of)
    having count(*) > 0
),

late as (
    select
        count(*) as overdue,
        coalesce(sum(arr), 0) as overdue_arr,
    from overdue_spans($filters)
    where
        month between first_month($first_day, $as_of) and last_full_month($last_day, $as_of)
)

select
    won,
    lost,
    won / nullif(lost, 0) as quick_ratio,
    late.overdue,
    late.overdue_arr,
from moves
cross join late
