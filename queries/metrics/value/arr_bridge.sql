-- question: From which ARR, by which moves, to which ARR?
-- grain: one row per bar of the bridge from the opening of the window to its closing
-- key: place
-- parameters:
--   first_day: first day of the window, null for the last 12 full months
--   last_day: last day of the window, null for the as-of date
-- columns:
--   place (ordinal): from the opening, 1, to the closing, 7
--   move (code): opening, new, reactivation, expansion, contraction, churn or closing
--   amount (money change): ARR of the opening and the closing, change of the others
--   from_arr (money): where the bar begins
--   to_arr (money): where it ends
--   customers (count): customers that moved so; with ARR at the opening, at the closing
--   first_month (month): first month of the window
--   last_month (month): its last month that is over
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

parts as (
    select
        list_position(['new', 'reactivation', 'expansion', 'contraction', 'churn'], move) + 1
            as place,
        move,
        sum(change) as amount,
        count(distinct customer_id) as customers,
    from moves
    where move is not null
    group by move
    union all
    select
        1 as place,
        'opening' as move,
        coalesce(sum(opening), 0) as amount,
        count(*) filter (where opening > 0) as customers,
    from moves
    inner join limits on moves.month = limits.first_month
    having count(*) > 0
),

reached as (
    select
        *,
        sum(amount) over (order by place rows between unbounded preceding and current row)
            as to_arr,
    from parts
),

closing as (
    select
        7 as place,
        'closing' as move,
        sum(closing) as amount,
        0 as from_arr,
        sum(closing) as to_arr,
        count(*) filter (where closing > 0) as customers,
    from moves
    inner join limits on moves.month = limits.last_month
    having count(*) > 0
)

select
    bars.*,
    limits.first_month,
    limits.last_month,
from (
    select
        place,
        move,
        amount,
        to_arr - amount as from_arr,
        to_arr,
        customers,
    from reached
    union all
    select *,
    from closing
) as bars
cross join limits
order by bars.place
