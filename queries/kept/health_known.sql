-- One row per customer, day and indicator with data: what is read now, and what stands from before.
select *,
from health_read
union all
select
    health_values.customer_id,
    health_values.day,
    health_values.indicator,
    health_values.value,
from tend.health_values
inner join health_seen
    on
        health_values.customer_id = health_seen.customer_id
        and health_values.day = health_seen.day
