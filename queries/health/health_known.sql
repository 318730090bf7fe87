-- One row per customer, day and indicator with data: what is read now, and what stands from before.
select *,
from health_read
union all
select
    customer_id,
    day,
    indicator,
    value,
from tend.health_values
where day < $first_day
