-- question: How many customers rose and fell each month?
-- grain: one row per month
-- parameters:
--   first_day: first day of the window, null for no limit
--   last_day: last day of the window, null for no limit
--   as_of: the as-of date
--   filters: chosen values by dimension
-- columns:
--   month: the month end
--   customers: customers in force
--   risen: customers in a better quadrant than a month before
--   fallen: customers in a worse one
--   mixed: one score better, the other worse
--   fallen_arr: ARR of the fallen
--   healthy: customers with a healthy outcome
--   average: customers with an average outcome
--   at_risk: customers with an outcome at risk
--   unknown: customers without an outcome score
with earlier as (
    -- who was not in the filters then is new in them (D6)
    select health_months.*,
    from tend.health_months
    inner join health_scope($filters) as scope
        on
            health_months.month = scope.month
            and health_months.customer_id = scope.customer_id
),

months as (
    select
        health_months.* exclude (arr),
        scope.arr,
        direction_of(before.quadrant, health_months.quadrant) as direction,
    from tend.health_months
    inner join health_scope($filters) as scope
        on
            health_months.month = scope.month
            and health_months.customer_id = scope.customer_id
    left join earlier as before
        on
            health_months.customer_id = before.customer_id
            and before.month = (date_trunc('month', health_months.month) - interval 1 day)::date
    where
        health_months.month <= $as_of
        and ($first_day is null or health_months.month >= $first_day)
        and ($last_day is null or health_months.month <= $last_day)
)

select
    month,
    count(*) as customers,
    count(*) filter (where direction = 'rise') as risen,
    count(*) filter (where direction = 'fall') as fallen,
    count(*) filter (where direction = 'mixed') as mixed,
    coalesce(sum(arr) filter (where direction = 'fall'), 0) as fallen_arr,
    count(*) filter (where outcome_level = 2) as healthy,
    count(*) filter (where outcome_level = 1) as average,
    count(*) filter (where outcome_level = 0) as at_risk,
    count(*) filter (where outcome_level is null) as unknown,
from months
group by month
order by month
