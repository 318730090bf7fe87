-- question: Which customers moved, what is at stake, and which indicators moved them?
-- grain: one row per customer in force at one of two dates
-- parameters:
--   as_of: the as-of date
--   first_day: the earlier date; null: a month before the later one
--   last_day: the later date; null: the as-of date
--   filters: chosen values by dimension
-- columns:
--   customer_id: the customer
--   customer_name: its name
--   csm: the customer's
--   from_quadrant: at the month end not after the earlier date; null: unknown, or not in force
--   to_quadrant: at the month end not after the later date
--   direction: rise, fall, mixed or stay; null where a quadrant is unknown
--   arr: ARR at the later month end
--   end_date: the next end of one of its contracts, at the as-of date
--   days_left: end date - as-of date
--   outcome_change: points the outcome score moved
--   experience_change: points the experience score moved
--   indicators: indicators that moved a score, the strongest first
--   changes: points by which each of them moved its score
--   from_values: their values at the earlier month end
--   to_values: their values at the later month end
--   outcome_score: at the later month end
--   experience_score: at the later month end
with moves as (
    select *,
    from
        health_moves(
            earlier_month($first_day, $last_day, $as_of),
            later_month($last_day, $as_of),
            $filters
        )
),

before as (
    select *,
    from
        indicator_points(
            earlier_month($first_day, $last_day, $as_of)
        )
),

later as (
    select *,
    from indicator_points(later_month($last_day, $as_of))
),

changes as (
    select
        customer_id,
        indicator,
        coalesce(later.part, 0) - coalesce(before.part, 0) as change,
        before.value as from_value,
        later.value as to_value,
    from before
    full join later using (customer_id, indicator)
),

reasons as (
    select
        customer_id,
        list(indicator order by abs(change) desc, indicator) as indicators,
        list(change order by abs(change) desc, indicator) as changes,
        list(from_value order by abs(change) desc, indicator) as from_values,
        list(to_value order by abs(change) desc, indicator) as to_values,
    from changes
    where change <> 0
    group by customer_id
),

next_ends as (
    select
        customer_id,
        min(end_date) as end_date,
    from renewals
    where outcome in ('due', 'overdue')
    group by customer_id
)

select
    moves.customer_id,
    customers.customer_name,
    customers.csm,
    moves.from_quadrant,
    moves.to_quadrant,
    moves.direction,
    moves.arr,
    next_ends.end_date,
    next_ends.end_date - $as_of as days_left,
    moves.outcome_score - moves.from_outcome_score as outcome_change,
    moves.experience_score - moves.from_experience_score as experience_change,
    reasons.indicators,
    reasons.changes,
    reasons.from_values,
    reasons.to_values,
    moves.outcome_score,
    moves.experience_score,
from moves
left join reasons on moves.customer_id = reasons.customer_id
left join next_ends on moves.customer_id = next_ends.customer_id
left join customers on moves.customer_id = customers.customer_id
order by moves.arr desc, moves.customer_id
