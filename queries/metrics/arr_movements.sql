-- question: How did ARR move from month to month, and why?
-- grain: one row per month and segment, at month ends not after the as-of date
-- parameters:
--   as_of: the as-of date; facts after it are unknown
--   first_day: first day of the window, null for no limit
--   last_day: last day of the window, null for no limit
--   group_by: a dimension; null gives one row, segment "all"
--   filters: chosen values by dimension
-- columns:
--   month: first day of the month
--   segment: label in the dimension
--   opening: ARR at the end of the month before
--   new: of customers that never had ARR before
--   reactivation: of customers that had ARR before, but not last month
--   expansion: more than last month
--   contraction: less than last month, negative
--   churn: gone since last month, negative
--   closing: ARR at the month's end
--   customers: customers with ARR at the month's end
--   other_currencies: yearly amounts in currencies without a rate, left out of every sum
with limits as (
    select
        date_trunc('month', coalesce($first_day, $as_of + 1 - interval 12 months))::date
            as first_month,
        (
            date_trunc('month', least(coalesce($last_day, $as_of), $as_of) + 1) - interval 1 month
        )::date
            as last_month,
),

-- spans by the month ends they see, the first and the last
spans as (
    select
        scope.segment,
        arr_spans.contract_id,
        arr_spans.customer_id,
        arr_spans.arr,
        date_trunc('month', arr_spans.first_day)::date as first_month,
        (date_trunc('month', arr_spans.last_day + 1) - interval 1 month)::date as last_month,
    from arr_spans
    inner join
        segments($group_by, null, $filters) as scope
        on arr_spans.contract_id = scope.contract_id
),

firsts as (
    select
        segment,
        customer_id,
        min(first_month) as first_month,
    from spans
    where first_month <= last_month and arr <> 0
    group by segment, customer_id
),

-- a span counts from its first month to its last, and is missed in the month after
months as (
    select
        spans.*,
        unnest(generate_series(
            greatest(spans.first_month, limits.first_month),
            least((spans.last_month + interval 1 month)::date, limits.last_month),
            interval 1 month
        ))::date as month,
    from spans
    cross join limits
    where spans.first_month <= spans.last_month
),

levels as (
    select
        segment,
        customer_id,
        month,
        coalesce(sum(arr) filter (where month > first_month), 0) as opening,
        coalesce(sum(arr) filter (where month <= last_month), 0) as closing,
    from months
    group by segment, customer_id, month
),

moves as (
    select
        levels.segment,
        levels.customer_id,
        levels.month,
        levels.opening,
        levels.closing,
        levels.closing - levels.opening as change,
        levels.month = firsts.first_month as is_first,
    from levels
    inner join
        firsts
        on levels.segment = firsts.segment and levels.customer_id = firsts.customer_id
    where levels.opening <> 0 or levels.closing <> 0
),

foreign_amounts as (
    select
        segment,
        month,
        string_agg(currency || ' ' || amount, '; ' order by currency) as other_currencies,
    from (
        select
            months.segment,
            months.month,
            contracts.currency,
            sum(contracts.annual_amount) as amount,
        from months
        inner join contracts on months.contract_id = contracts.contract_id
        where contracts.arr is null and months.month <= months.last_month
        group by months.segment, months.month, contracts.currency
    )
    group by segment, month
)

select
    moves.month,
    moves.segment,
    sum(moves.opening) as opening,
    coalesce(sum(moves.change) filter (where moves.opening = 0 and moves.is_first), 0) as new,
    coalesce(sum(moves.change) filter (where moves.opening = 0 and not moves.is_first), 0)
        as reactivation,
    coalesce(
        sum(moves.change) filter (
            where moves.opening <> 0 and moves.closing <> 0 and moves.change > 0
        ),
        0
    ) as expansion,
    coalesce(
        sum(moves.change) filter (
            where moves.opening <> 0 and moves.closing <> 0 and moves.change < 0
        ),
        0
    ) as contraction,
    coalesce(sum(moves.change) filter (where moves.opening <> 0 and moves.closing = 0), 0) as churn,
    sum(moves.closing) as closing,
    count(*) filter (where moves.closing > 0) as customers,
    any_value(foreign_amounts.other_currencies) as other_currencies,
from moves
left join
    foreign_amounts
    on moves.segment = foreign_amounts.segment and moves.month = foreign_amounts.month
group by moves.month, moves.segment
order by moves.month, moves.segment
