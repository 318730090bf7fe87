-- question: How did ARR move from month to month, and why?
-- grain: one row per month and segment, at month ends not after the as-of date
-- key: month, segment
-- grouped by: dimensions
-- columns:
--   month (month): first day of the month
--   segment (label): label in the dimension
--   opening (money): ARR at the end of the month before
--   new (money): of customers that never had ARR before
--   reactivation (money): of customers that had ARR before, but not last month
--   expansion (money): more than last month
--   contraction (money): less than last month, negative
--   churn (money): gone since last month, negative
--   closing (money): ARR at the month's end
--   customers (count): customers with ARR at the month's end
--   other_currencies (text): yearly amounts in currencies without a rate, left out of every sum
with moves as (
    select *,
    from
        arr_moves(
            $group_by,
            $filters,
            first_month($first_day, $as_of),
            last_full_month($last_day, $as_of)
        )
),

months as (
    select *,
    from
        arr_months(
            $group_by,
            $filters,
            first_month($first_day, $as_of),
            last_full_month($last_day, $as_of)
        )
),

foreign_amounts as (
    select
        months.segment,
        months.month,
        amounts_apart(list({currency: contracts.currency, amount: contracts.annual_amount}))
            as other_currencies,
    from months
    inner join contracts on months.contract_id = contracts.contract_id
    where contracts.arr is null and months.month <= months.last_month
    group by months.segment, months.month
)

select
    moves.month,
    moves.segment,
    sum(moves.opening) as opening,
    coalesce(sum(moves.change) filter (where moves.kind = 'new'), 0) as new,
    coalesce(sum(moves.change) filter (where moves.kind = 'reactivation'), 0) as reactivation,
    coalesce(sum(moves.change) filter (where moves.kind = 'expansion'), 0) as expansion,
    coalesce(sum(moves.change) filter (where moves.kind = 'contraction'), 0) as contraction,
    coalesce(sum(moves.change) filter (where moves.kind = 'churn'), 0) as churn,
    sum(moves.closing) as closing,
    count(*) filter (where moves.closing > 0) as customers,
    any_value(foreign_amounts.other_currencies) as other_currencies,
from moves
left join
    foreign_amounts
    on moves.segment = foreign_amounts.segment and moves.month = foreign_amounts.month
group by moves.month, moves.segment
order by moves.month, moves.segment
