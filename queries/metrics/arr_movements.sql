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
        coalesce($first_day, date_trunc('month', $as_of + 1) - interval 12 months)::date
            as first_day,
        least(coalesce($last_day, $as_of), $as_of) as last_day,
),

scoped as (
    select
        scope.segment,
        arr_spans.*,
    from arr_spans
    inner join
        segments($group_by, null, $filters) as scope
        on arr_spans.contract_id = scope.contract_id
),

-- month ends on which a span counts
months as (
    select
        scoped.* exclude (first_day, last_day),
        unnest(generate_series(
            date_trunc('month', scoped.first_day),
            date_trunc('month', least(scoped.last_day, limits.last_day) + 1) - interval 1 month,
            interval 1 month
        ))::date as month,
    from scoped
    cross join limits
),

levels as (
    select
        segment,
        customer_id,
        month,
        sum(arr) as arr,
    from months
    group by segment, customer_id, month
    having sum(arr) <> 0
),

firsts as (
    select
        segment,
        customer_id,
        min(month) as first_month,
    from levels
    group by segment, customer_id
),

steps as (
    select
        segment,
        customer_id,
        month,
        arr as closing,
        0 as opening,
    from levels
    union all
    select
        segment,
        customer_id,
        (month + interval 1 month)::date as month,
        0 as closing,
        arr as opening,
    from levels
),

moves as (
    select
        steps.segment,
        steps.customer_id,
        steps.month,
        sum(steps.opening) as opening,
        sum(steps.closing) as closing,
        sum(steps.closing) - sum(steps.opening) as change,
        any_value(firsts.first_month) = steps.month as is_first,
    from steps
    inner join firsts on steps.segment = firsts.segment and steps.customer_id = firsts.customer_id
    group by steps.segment, steps.customer_id, steps.month
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
        where contracts.arr is null
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
cross join limits
left join
    foreign_amounts
    on moves.segment = foreign_amounts.segment and moves.month = foreign_amounts.month
where last_day(moves.month) between limits.first_day and limits.last_day
group by moves.month, moves.segment
order by moves.month, moves.segment
