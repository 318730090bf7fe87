-- One row per customer in force at a month end.
select
    month,
    customer_id,
    coalesce(sum(arr), 0) as arr,
    sum(licensed_users) as licensed_users,
from health_contracts
group by month, customer_id
