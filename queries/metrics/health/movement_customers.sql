-- question: Which customers went which way, what is at stake, and why?
-- grain: one row per customer in force at the later date, or in a quadrant at the earlier one
-- key: customer_id
-- grouped by: 2x2
-- parameters:
--   first_day: the earlier date; null: a month before the later one
--   last_day: the later date; null: the as-of date
--   group_by: 2x2 joins average into the nearer side; else three by three
--   direction (code, optional): fall, rise, mixed or stay; null for all
--   from_quadrant (ordinal, optional): the cell they come from, null for any
--   to_quadrant (ordinal, optional): the cell they stand in now, null for any
--   stands (code, optional): at_risk (its outcome), pleased (experience at the top, outcome at the bottom) or succeeding (the reverse); null for all
-- columns:
--   customer_id (text): the customer
--   customer_name (text): its name
--   csm (label): the customer's
--   direction (code): rise, fall, mixed or stay; null where a quadrant is unknown
--   from_quadrant (ordinal): cell at the month end not after the earlier date; null: unknown, or not in force
--   to_quadrant (ordinal): cell at the month end not after the later date
--   sides (ordinal): 3 or 2: how the cells are numbered
--   arr (money): ARR at the later month end
--   end_date (date): the next end of one of its contracts, at the as-of date
--   days_left (days): end date - as-of date
--   is_ending (flag): whether it is overdue, or due within 120 days: these come first
--   from_outcome_score (number): at the earlier month end
--   outcome_score (number): at the later month end
--   from_experience_score (number): at the earlier month end
--   experience_score (number): at the later month end
--   indicators (list of code): those that moved a score the way its state went, the strongest first
--   from_values (list of mixed): their values at the earlier month end
--   to_values (list of mixed): their values at the later month end
with moves as (
    select *,
    from
        grid_moves(
            earlier_month($first_day, $last_day, $as_of),
            later_month($last_day, $as_of),
            $filters,
            $group_by
        )
    where
        ($direction is null or direction = $direction)
        and ($from_quadrant is null or from_quadrant = $from_quadrant::integer)
        and ($to_quadrant is null or to_quadrant = $to_quadrant::integer)
        and (
            $stands is null
            or case $stands
                when 'at_risk' then outcome_level = 0
                when 'pleased' then to_quadrant = sides
                when 'succeeding' then to_quadrant = sides * (sides - 1) + 1
            end
        )
),

reasons as (
    select
        customer_id,
        list(indicator order by round(abs(change), 9) desc, indicator) as indicators,
        list(from_value order by round(abs(change), 9) desc, indicator) as from_values,
        list(to_value order by round(abs(change), 9) desc, indicator) as to_values,
    from
        move_causes(
            earlier_month($first_day, $last_day, $as_of),
            later_month($last_day, $as_of),
            $filters,
            $group_by
        )
    group by customer_id
)

select
    moves.customer_id,
    customers.customer_name,
    customers.csm,
    moves.direction,
    moves.from_quadrant,
    moves.to_quadrant,
    moves.sides,
    moves.arr,
    next_ends.end_date,
    next_ends.days_left,
    ends_soon(next_ends.days_left) as is_ending,
    moves.from_outcome_score,
    moves.outcome_score,
    moves.from_experience_score,
    moves.experience_score,
    reasons.indicators,
    reasons.from_values,
    reasons.to_values,
from moves
left join reasons on moves.customer_id = reasons.customer_id
left join next_renewals(null) as next_ends on moves.customer_id = next_ends.customer_id
left join customers on moves.customer_id = customers.customer_id
order by is_ending desc, moves.arr desc, moves.customer_id
