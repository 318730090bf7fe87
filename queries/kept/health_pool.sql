-- One row per month end and case its limits may be learned from: the contracts renewed by then, looked at
-- 90 days before their end, once they are enough; and the customers in force, who stand in (J4).
select
    health_renewals.month,
    health_renewals.customer_id,
    health_renewals.day,
    true as is_learned,
from health_renewals
inner join health_learned on health_renewals.month = health_learned.month
union all
select
    month,
    customer_id,
    month as day,
    false as is_learned,
from health_customers
