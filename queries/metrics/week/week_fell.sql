-- question: How many customers fell since the last meeting, and which of them matter first?
-- grain: one row
-- scored: since
-- parameters:
--   first_day: the last meeting
-- columns:
--   fell (count): customers that stand in a lower quadrant than on that very day
--   fell_arr (money): their ARR now
--   into_risk (count): of them those now at risk on an axis on which they were not
--   into_risk_arr (money): their ARR
--   ending (count): of them those with a contract overdue, or due within 120 days
--   ending_arr (money): their ARR
--   rose (count): customers that stand in a higher quadrant
--   rose_arr (money): their ARR
--   compared (count): customers with a quadrant on both days
with moves as (
    select
        moves.*,
        ends_soon(next_ends.days_left) as is_ending,
    from
        exact_moves(
            (select list(health_months), from health_months),
            (select list(health_contracts), from health_contracts),
            $first_day,
            null,
            $as_of,
            $filters
        ) as moves
    left join next_renewals($filters) as next_ends on moves.customer_id = next_ends.customer_id
)

select
    count(*) filter (where direction = 'fall') as fell,
    coalesce(sum(arr) filter (where direction = 'fall'), 0) as fell_arr,
    count(*) filter (where direction = 'fall' and is_into_risk) as into_risk,
    coalesce(sum(arr) filter (where direction = 'fall' and is_into_risk), 0) as into_risk_arr,
    count(*) filter (where direction = 'fall' and is_ending) as ending,
    coalesce(sum(arr) filter (where direction = 'fall' and is_ending), 0) as ending_arr,
    count(*) filter (where direction = 'rise') as rose,
    coalesce(sum(arr) filter (where direction = 'rise'), 0) as rose_arr,
    count(direction) as compared,
from moves
