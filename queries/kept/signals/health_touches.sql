-- One row per customer and day: touches of the 90 days, with the key contact counted double;
-- none is 0 where the workspace has touches of anybody in these days (J3).
with found as (
    select
        health_points.customer_id,
        health_points.day,
        sum(if(contains(plain(stg_touches.note), plain(stg_customers.key_contact)), 2, 1))
            as engagement,
    from health_points
    inner join health_ends on health_points.day = health_ends.day
    inner join tend.stg_touches
        on
            health_points.customer_id = stg_touches.customer_id
            and stg_touches.touched_on > health_ends.touch_day - 90
            and health_ends.touch_day >= stg_touches.touched_on
    left join tend.stg_customers on health_points.customer_id = stg_customers.customer_id
    group by health_points.customer_id, health_points.day
)

select
    health_points.customer_id,
    health_points.day,
    coalesce(found.engagement, 0) as engagement,
from health_points
inner join health_ends
    on health_points.day = health_ends.day and health_ends.touch_day is not null
left join found
    on health_points.customer_id = found.customer_id and health_points.day = found.day
