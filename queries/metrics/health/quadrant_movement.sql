-- question: Who moved between the quadrants of health, and how much ARR with them?
-- grain: one row per pair of quadrants that occurs between two dates
-- key: from_quadrant or null, to_quadrant or null
-- scored: window
-- parameters:
--   first_day: the earlier date; null: a month before the later one
--   last_day: the later date; null: the as-of date
--   exact (flag, optional): hold the very days against each other, not the month ends before them (M34)
-- columns:
--   from_quadrant (ordinal): at the month end not after the earlier date; null: unknown, or not in force
--   to_quadrant (ordinal): at the month end not after the later date
--   customers (count): customers that went this way
--   arr (money): their ARR at the later month end
--   direction (code): rise, fall, mixed or stay; null where a quadrant is unknown
with standing as (
    select
        health_months.month,
        health_months.customer_id,
        any_value(health_months.quadrant) as quadrant,
        coalesce(sum(health_contracts.arr), 0) as arr,
    from health_months
    inner join health_contracts
        on
            health_months.month = health_contracts.month
            and health_months.customer_id = health_contracts.customer_id
    inner join segments(null, null, $filters) as scope
        on health_contracts.contract_id = scope.contract_id
    group by health_months.month, health_months.customer_id
),

-- health is there of two days only: of an earlier and a later one
days as (
    select
        coalesce(
            least($first_day, $as_of),
            (date_trunc('month', until_day($last_day, $as_of)) - interval 1 day)::date
        ) as first_day,
        until_day($last_day, $as_of) as last_day,
),

before as (
    select standing.*,
    from standing
    inner join days on standing.month = days.first_day
),

later as (
    select standing.*,
    from standing
    inner join days on standing.month = days.last_day
),

moved as (
    select
        before.quadrant as from_quadrant,
        later.quadrant as to_quadrant,
        coalesce(later.arr, 0) as arr,
    from before
    full join later on before.customer_id = later.customer_id
    where coalesce($exact::boolean, false)
    union all
    select
        from_quadrant,
        to_quadrant,
        arr,
    from
        health_moves(
            earlier_month($first_day, $last_day, $as_of),
            later_month($last_day, $as_of),
            $filters
        )
    where not coalesce($exact::boolean, false)
)

select
    from_quadrant,
    to_quadrant,
    count(*) as customers,
    sum(arr) as arr,
    direction_of(from_quadrant, to_quadrant) as direction,
from moved
group by from_quadrant, to_quadrant
order by from_quadrant nulls last, to_quadrant nulls last
