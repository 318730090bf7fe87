-- question: How many customers fell and rose, with how much ARR, and who stands badly now?
-- grain: one row
-- grouped by: 2x2
-- parameters:
--   first_day: the earlier date; null: a month before the later one
--   last_day: the later date; null: the as-of date
--   group_by: 2x2 joins average into the nearer side; else three by three
-- columns:
--   from_month (month): the month end not after the earlier date
--   to_month (month): the month end not after the later date
--   customers (count): customers in force at the later month end
--   arr (money): their ARR
--   compared (count): customers with a quadrant at both
--   fallen (count): customers that fell
--   fallen_arr (money): their ARR at the later month end
--   ending (count): of the fallen those with a contract overdue, or due within 120 days
--   ending_arr (money): their ARR
--   risen (count): customers that rose
--   risen_arr (money): their ARR
--   mixed (count): customers of which one score fell and the other rose
--   mixed_arr (money): their ARR
--   at_risk (count): customers whose outcome is at risk at the later month end
--   at_risk_arr (money): their ARR
--   pleased (count): customers pleased but not succeeding: experience at the top, outcome at the bottom
--   pleased_arr (money): their ARR
--   succeeding (count): customers succeeding but not pleased: the reverse
--   succeeding_arr (money): their ARR
--   unknown (count): customers without a quadrant at the later month end
--   unknown_arr (money): their ARR
--   without_outcome (count): customers without an outcome score
--   without_experience (count): customers without an experience score
--   coverage (rate): mean share of the definition's weight that had data
--   is_learned (flag): whether renewed customers taught the limits of the later month end; null without limits
--   fallen_by_limits (count): of the fallen those that no indicator moved: the limits alone did
with days as (
    select
        earlier_month($first_day, $last_day, $as_of) as from_month,
        later_month($last_day, $as_of) as to_month,
),

moves as (
    select
        moves.*,
        ends_soon(next_ends.days_left) as is_ending,
    from
        grid_moves(
            earlier_month($first_day, $last_day, $as_of),
            later_month($last_day, $as_of),
            $filters,
            $group_by
        ) as moves
    left join next_renewals(null) as next_ends on moves.customer_id = next_ends.customer_id
),

counted as (
    select
        count(*) filter (where is_there) as customers,
        coalesce(sum(arr), 0) as arr,
        count(direction) as compared,
        count(*) filter (where direction = 'fall') as fallen,
        coalesce(sum(arr) filter (where direction = 'fall'), 0) as fallen_arr,
        count(*) filter (where direction = 'fall' and is_ending) as ending,
        coalesce(sum(arr) filter (where direction = 'fall' and is_ending), 0) as ending_arr,
        count(*) filter (where direction = 'rise') as risen,
        coalesce(sum(arr) filter (where direction = 'rise'), 0) as risen_arr,
        count(*) filter (where direction = 'mixed') as mixed,
        coalesce(sum(arr) filter (where direction = 'mixed'), 0) as mixed_arr,
        count(*) filter (where outcome_level = 0) as at_risk,
        coalesce(sum(arr) filter (where outcome_level = 0), 0) as at_risk_arr,
        count(*) filter (where to_quadrant = sides) as pleased,
        coalesce(sum(arr) filter (where to_quadrant = sides), 0) as pleased_arr,
        count(*) filter (where to_quadrant = sides * (sides - 1) + 1) as succeeding,
        coalesce(sum(arr) filter (where to_quadrant = sides * (sides - 1) + 1), 0)
            as succeeding_arr,
        count(*) filter (where is_there and to_quadrant is null) as unknown,
        coalesce(sum(arr) filter (where to_quadrant is null), 0) as unknown_arr,
        count(*) filter (where is_there and outcome_level is null) as without_outcome,
        count(*) filter (where is_there and experience_level is null) as without_experience,
        avg(coverage) filter (where is_there) as coverage,
    from moves
),

caused as (
    select distinct customer_id,
    from
        move_causes(
            earlier_month($first_day, $last_day, $as_of),
            later_month($last_day, $as_of),
            $filters,
            $group_by
        )
),

uncaused as (
    select count(*) as fallen_by_limits,
    from moves
    anti join caused on moves.customer_id = caused.customer_id
    where moves.direction = 'fall'
),

limits as (
    select bool_and(is_learned) as is_learned,
    from tend.health_levels
    where month = later_month($last_day, $as_of)
)

select
    days.*,
    counted.*,
    limits.*,
    uncaused.*,
from days
cross join counted
cross join limits
cross join uncaused
