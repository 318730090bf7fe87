-- One row per customer and day whose indicators are to be read: month ends, and days before renewals.
-- What was read before and has not changed is not read again.
with asked as (
    select
        customer_id,
        month as day,
        licensed_users,
        month,
    from health_customers
    union all
    select
        customer_id,
        day,
        licensed_users,
        month,
    from health_renewals
)

select
    asked.customer_id,
    asked.day,
    -- as it was first seen: what came later does not rewrite it
    arg_min({'it': asked.licensed_users}, asked.month).it as licensed_users,
from asked
where
    asked.day >= $first_day
    or not exists (
        from health_seen
        where health_seen.customer_id = asked.customer_id and health_seen.day = asked.day
    )
group by asked.customer_id, asked.day
