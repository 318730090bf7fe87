-- One row per month end and case its limits may be learned from: the contracts renewed by then, looked at
-- 90 days before their end, once they are enough; and the customers in force, who stand in (J4).
with learned as (
    select month,
    from health_renewals
    group by month
    having count(*) >= $health_fewest_renewed
)

select
    health_renewals.month,
    health_renewals.customer_id,
    health_renewals.day,
    true as is_learned,
from health_renewals
inner join learned on health_renewals.month = learned.month
union all
select
    month,
    customer_id,
    month as day,
    false as is_learned,
from health_customers
