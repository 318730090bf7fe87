-- question: Who moved between the quadrants of health, and how much ARR with them?
-- grain: one row per pair of quadrants that occurs between two dates
-- key: from_quadrant or null, to_quadrant or null
-- scored: window
-- parameters:
--   first_day: the earlier date; null: a month before the later one
--   last_day: the later date; null: the as-of date
--   exact (flag, optional): hold the very days against each other, not the month ends before them (M34)
-- columns:
--   from_quadrant (ordinal): at the month end not after the earlier date; null: unknown, or not in force
--   to_quadrant (ordinal): at the month end not after the later date
--   customers (count): customers that went this way
--   arr (money): their ARR at the later month end
--   direction (code): rise, fall, mixed or stay; null where a quadrant is unknown
with moved as (
    select
        from_quadrant,
        to_quadrant,
        arr,
    from
        exact_moves(
            (select list(health_months), from health_months),
            (select list(health_contracts), from health_contracts),
            $first_day,
            $last_day,
            $as_of,
            $filters
        )
    where coalesce($exact::boolean, false)
    union all
    select
        from_quadrant,
        to_quadrant,
        arr,
    from
        health_moves(
            earlier_month($first_day, $last_day, $as_of),
            later_month($last_day, $as_of),
            $filters
        )
    where not coalesce($exact::boolean, false)
)

select
    from_quadrant,
    to_quadrant,
    count(*) as customers,
    sum(arr) as arr,
    direction_of(from_quadrant, to_quadrant) as direction,
from moved
group by from_quadrant, to_quadrant
order by from_quadrant nulls last, to_quadrant nulls last
