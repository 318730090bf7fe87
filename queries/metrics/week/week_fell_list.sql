-- question: Which customers fell since the last meeting, those into at risk or with a renewal ahead first?
-- grain: one row per customer that stands in a lower quadrant than on the day of the last meeting
-- key: customer_id
-- scored: since
-- parameters:
--   first_day: the last meeting
-- columns:
--   customer_id (text): the customer
--   customer_name (text): its name
--   arr (money): its ARR now
--   from_quadrant (ordinal): the cell it stood in on that day
--   to_quadrant (ordinal): the cell it stands in now
--   is_into_risk (flag): at risk now on an axis on which it was not
--   is_ending (flag): with a contract overdue, or due within 120 days
--   end_date (date): the next end of one of its contracts
--   days_left (days): end date - as-of date
--   last_touch (date): day of the last touch
--   csm (label): the customer's
--   tier (label): the customer's
select
    moves.customer_id,
    customers.customer_name,
    moves.arr,
    moves.from_quadrant,
    moves.to_quadrant,
    moves.is_into_risk,
    ends_soon(next_ends.days_left) as is_ending,
    next_ends.end_date,
    next_ends.days_left,
    touched.last_touch,
    customers.csm,
    customers.tier,
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
left join last_touches as touched on moves.customer_id = touched.customer_id
left join customers on moves.customer_id = customers.customer_id
where moves.direction = 'fall'
order by moves.is_into_risk or is_ending desc, moves.arr desc, moves.customer_id
