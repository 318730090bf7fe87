-- One row per customer and day with usage in the 180 days up to it: periods count by their last day (J1).
with periods as (
    select
        health_points.customer_id,
        health_points.day,
        stg_usage.period_end,
        stg_usage.period_end > health_ends.usage_day - 90 as is_recent,
        max(stg_usage.value) filter (where stg_usage.measure = 'active_users') as active_users,
        max(stg_usage.value) filter (where stg_usage.measure = 'licensed_users') as licensed_users,
        max(stg_usage.value) filter (where stg_usage.measure = $north_star) as key_actions,
        max(stg_usage.value) filter (where stg_usage.measure = 'features_used') as features_used,
    from health_points
    inner join health_ends on health_points.day = health_ends.day
    inner join tend.stg_usage
        on
            health_points.customer_id = stg_usage.customer_id
            and stg_usage.period_end > health_ends.usage_day - 180
            and health_ends.usage_day >= stg_usage.period_end
    where stg_usage.measure in ('active_users', 'licensed_users', 'features_used', $north_star)
    group by
        health_points.customer_id,
        health_points.day,
        health_ends.usage_day,
        stg_usage.period_start,
        stg_usage.period_end,
        stg_usage.granularity
)

select
    customer_id,
    day,
    max_by(active_users, period_end) filter (where is_recent and active_users is not null)
        as active_users,
    max_by({'it': licensed_users}, period_end) filter (where is_recent and active_users is not null)
    .it as licensed_users,
    max_by(features_used, period_end) filter (where is_recent and features_used is not null)
        as breadth,
    sum(key_actions) filter (where is_recent)
    / nullif(avg(active_users) filter (where is_recent), 0) as depth,
    sum(key_actions) filter (where not is_recent)
    / nullif(avg(active_users) filter (where not is_recent), 0) as depth_before,
    sum(key_actions) filter (where is_recent) as key_actions,
from periods
group by customer_id, day
