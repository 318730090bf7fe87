-- question: How much is overdue, or due within 30, 60 and 90 days, and how healthy is it?
-- grain: one row per time to the end, and one for all
-- key: horizon
-- scored: as_of
-- parameters:
--   first_day: the last meeting
-- columns:
--   horizon (code week.horizons): overdue, d30, d60 or d90 (30, 60, 90 days and less), all
--   contracts (count): contracts that wait for a renewal
--   arr (money): their ARR
--   arr_within (money): ARR due within so many days, that of the rows before included, but not what is overdue
--   at_risk (count): of them those whose customer's outcome is at risk on the as-of date
--   at_risk_arr (money): their ARR
--   average (count): those whose customer is average
--   healthy (count): those whose customer is healthy
--   unknown (count): those whose customer has no outcome score
--   contracts_before (count): contracts that stood there on the day of the last meeting
--   arr_before (money): their ARR
--   contracts_change (count): contracts less those before
--   arr_change (money change): ARR less that before
with now_waiting as (
    select
        due_horizon(listed.days_left) as horizon,
        listed.arr,
        state_of(health.outcome_level) as state,
    from renewal_list($filters, null, null) as listed
    left join health_months as health
        on listed.customer_id = health.customer_id and health.month = $as_of
    where listed.is_open
),

before_waiting as (
    select
        due_horizon(fates.end_date - fates.day) as horizon,
        fates.arr,
    from fates([since_day($first_day, null, $as_of)]) as fates
    inner join segments(null, null, $filters) as scope on fates.contract_id = scope.contract_id
    where fates.fate = 'open'
),

horizons as (
    select unnest(['overdue', 'd30', 'd60', 'd90']) as horizon,
),

now_counted as (
    select
        coalesce(horizon, 'all') as horizon,
        count(*) as contracts,
        sum(arr) as arr,
        count(*) filter (where state = 'at_risk') as at_risk,
        sum(arr) filter (where state = 'at_risk') as at_risk_arr,
        count(*) filter (where state = 'average') as average,
        count(*) filter (where state = 'healthy') as healthy,
        count(*) filter (where state = 'unknown') as unknown,
    from now_waiting
    where horizon is not null
    group by grouping sets ((horizon), ())
),

-- due within 60 days is also what is due within 30
within as (
    select
        horizons.horizon,
        sum(now_counted.arr) as arr,
    from horizons
    inner join now_counted on horizons.horizon >= now_counted.horizon
    where horizons.horizon like 'd__' and now_counted.horizon like 'd__'
    group by horizons.horizon
),

before_counted as (
    select
        coalesce(horizon, 'all') as horizon,
        count(*) as contracts,
        sum(arr) as arr,
    from before_waiting
    where horizon is not null
    group by grouping sets ((horizon), ())
),

shown as (
    from horizons
    union all
    select 'all' as horizon,
)

select
    shown.horizon,
    coalesce(now_counted.contracts, 0) as contracts,
    coalesce(now_counted.arr, 0) as arr,
    case
        when shown.horizon in ('overdue', 'all') then coalesce(now_counted.arr, 0)
        else coalesce(within.arr, 0)
    end as arr_within,
    coalesce(now_counted.at_risk, 0) as at_risk,
    coalesce(now_counted.at_risk_arr, 0) as at_risk_arr,
    coalesce(now_counted.average, 0) as average,
    coalesce(now_counted.healthy, 0) as healthy,
    coalesce(now_counted.unknown, 0) as unknown,
    coalesce(before_counted.contracts, 0) as contracts_before,
    coalesce(before_counted.arr, 0) as arr_before,
    coalesce(now_counted.contracts, 0) - coalesce(before_counted.contracts, 0)
        as contracts_change,
    coalesce(now_counted.arr, 0) - coalesce(before_counted.arr, 0) as arr_change,
from shown
left join now_counted on shown.horizon = now_counted.horizon
left join within on shown.horizon = within.horizon
left join before_counted on shown.horizon = before_counted.horizon
order by list_position(['overdue', 'd30', 'd60', 'd90', 'all'], shown.horizon)
