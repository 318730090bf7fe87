-- question: Which customers need a look because their health or use turned for the worse?
-- grain: one row per customer and cause, at the month end in which it began: once per cause
-- parameters:
--   as_of: the as-of date
--   first_day: first day of the window, null for no limit
--   last_day: last day of the window, null for no limit
--   low_active_share: the setting; a smaller share of licences in use is a cause
--   filters: chosen values by dimension
-- columns:
--   month: the month end in which it began
--   customer_id: the customer
--   customer_name: its name
--   csm: the customer's
--   cause: quadrant_fall, not_used, low_active_share or single_feature
--   from_quadrant: quadrant a month before
--   to_quadrant: quadrant at the month end
--   value: the share in use, or features used, where it is the cause
--   arr: ARR at the month end
--   is_lasting: whether it still holds at the last month end not after the as-of date
with marked as (
    select
        health_months.month,
        health_months.customer_id,
        scope.arr,
        health_months.quadrant,
        max(deployment.value) as active_share,
        max(breadth.value) as breadth,
        -- without a row of usage in 90 days nobody used it, once the files tell of usage at all
        coalesce(max(actions.value), 0) = 0
        and (select min(stg_usage.period_end), from tend.stg_usage) <= health_months.month - 90
            as is_not_used,
    from tend.health_months
    inner join health_scope($filters) as scope
        on
            health_months.month = scope.month
            and health_months.customer_id = scope.customer_id
    left join tend.health_values as actions
        on
            health_months.customer_id = actions.customer_id
            and health_months.month = actions.day
            and actions.indicator = 'key_actions'
    left join tend.health_values as deployment
        on
            health_months.customer_id = deployment.customer_id
            and health_months.month = deployment.day
            and deployment.indicator = 'deployment'
    left join tend.health_values as breadth
        on
            health_months.customer_id = breadth.customer_id
            and health_months.month = breadth.day
            and breadth.indicator = 'breadth'
    where
        health_months.month <= $as_of
        -- what began is seen against the month before
        and (
            $first_day is null
            or health_months.month >= (date_trunc('month', $first_day::date) - interval 1 day)::date
        )
    group by
        health_months.month, health_months.customer_id, scope.arr, health_months.quadrant
),

compared as (
    select
        *,
        lag(quadrant) over customer_path as from_quadrant,
        lag(month) over customer_path = (date_trunc('month', month) - interval 1 day)::date
            as was_there,
    from marked
    window customer_path as (partition by customer_id order by month)
),

held as (
    select
        month,
        customer_id,
        arr,
        was_there,
        if(was_there, from_quadrant, null) as from_quadrant,
        quadrant as to_quadrant,
        unnest(['quadrant_fall', 'not_used', 'low_active_share', 'single_feature']) as cause,
        unnest([null, null, active_share, breadth]) as value,
        unnest(
            [
                was_there and direction_of(from_quadrant, quadrant) = 'fall',
                is_not_used,
                active_share < $low_active_share,
                breadth <= 1
            ]
        ) as is_held,
    from compared
),

begun as (
    select
        *,
        -- every fall is a cause of its own; what lasts is one
        coalesce(is_held, false)
        and (
            cause = 'quadrant_fall'
            or not coalesce(was_there and lag(is_held) over customer_cause, false)
        ) as is_begun,
        last_value(coalesce(is_held, false)) over (
            partition by customer_id, cause
            order by month
            rows between unbounded preceding and unbounded following
        ) as is_held_last,
        max(month) over (partition by customer_id) as last_month,
    from held
    window customer_cause as (partition by customer_id, cause order by month)
),

-- a fall lasts while the customer stands no better than it fell to
now_standing as (
    select
        customer_id,
        quadrant,
    from marked
    where month = month_end_by($as_of)
)

select
    begun.month,
    begun.customer_id,
    customers.customer_name,
    customers.csm,
    begun.cause,
    begun.from_quadrant,
    begun.to_quadrant,
    begun.value,
    begun.arr,
    begun.last_month = month_end_by($as_of)
    and case
        when begun.cause = 'quadrant_fall'
            then
                coalesce(
                    direction_of(begun.to_quadrant, now_standing.quadrant) in ('stay', 'fall'),
                    false
                )
        else begun.is_held_last
    end as is_lasting,
from begun
left join customers on begun.customer_id = customers.customer_id
left join now_standing on begun.customer_id = now_standing.customer_id
where
    begun.is_begun
    and ($first_day is null or begun.month >= $first_day)
    and ($last_day is null or begun.month <= $last_day)
order by begun.month desc, begun.arr desc, begun.customer_id, begun.cause
