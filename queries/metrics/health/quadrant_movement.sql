-- question: Who moved between the quadrants of health, and how much ARR with them?
-- grain: one row per pair of quadrants that occurs between two dates
-- key: from_quadrant or null, to_quadrant or null
-- parameters:
--   first_day: the earlier date; null: a month before the later one
--   last_day: the later date; null: the as-of date
-- columns:
--   from_quadrant (ordinal): at the month end not after the earlier date; null: unknown, or not in force
--   to_quadrant (ordinal): at the month end not after the later date
--   customers (count): customers that went this way
--   arr (money): their ARR at the later month end
--   direction (code): rise, fall, mixed or stay; null where a quadrant is unknown
select
    from_quadrant,
    to_quadrant,
    count(*) as customers,
    sum(arr) as arr,
    direction_of(from_quadrant, to_quadrant) as direction,
from
    health_moves(
        earlier_month($first_day, $last_day, $as_of),
        later_month($last_day, $as_of),
        $filters
    )
group by from_quadrant, to_quadrant
order by from_quadrant nulls last, to_quadrant nulls last
