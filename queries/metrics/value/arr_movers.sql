-- question: Which customers are behind a movement of ARR, or the ARR it began or ended with?
-- grain: one row per customer and movement in the window
-- key: customer_id, move
-- parameters:
--   first_day: first day of the window, null for the last 12 full months
--   last_day: last day of the window, null for the as-of date
--   move (code, optional): new, reactivation, expansion, contraction or churn, null for all of them; opening or closing: the ARR at the beginning of the window, or at its end
-- columns:
--   customer_id (text): the customer
--   customer_name (text): its name
--   move (code): what it did
--   arr_change (money change): by how much ARR; several times in the window are added up; of the opening and the closing the ARR then
--   last_month (month): the month of the last of them
--   arr (money): its ARR at the as-of date
--   csm (label): the customer's
--   tier (label): the customer's
--   industry (label): the customer's
--   size (label): size band
with moves as (
    select *,
    from moves_in_window($filters, $first_day, $last_day, $as_of)
),

limits as (
    select
        min(month) as first_month,
        max(month) as last_month,
    from moves
),

moved as (
    select
        customer_id,
        move,
        sum(change) as arr_change,
        max(month) as last_month,
    from moves
    where move is not null and ($move is null or move = $move)
    group by customer_id, move
    union all
    select
        moves.customer_id,
        $move::varchar as move,
        if($move = 'opening', moves.opening, moves.closing) as arr_change,
        moves.month as last_month,
    from moves
    cross join limits
    where
        ($move = 'opening' and moves.month = limits.first_month and moves.opening > 0)
        or ($move = 'closing' and moves.month = limits.last_month and moves.closing > 0)
),

now as (
    select
        customer_id,
        arr,
    from lives(null, $filters, $as_of)
)

select
    moved.customer_id,
    customers.customer_name,
    moved.move,
    moved.arr_change,
    moved.last_month,
    coalesce(now.arr, 0) as arr,
    customers.csm,
    customers.tier,
    customers.industry,
    customers.size,
from moved
left join now on moved.customer_id = now.customer_id
left join customers on moved.customer_id = customers.customer_id
order by abs(moved.arr_change) desc, moved.customer_id, moved.move
