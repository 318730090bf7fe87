-- One row per contract in force at a month end that is made anew, as was known then.
select
    month,
    contract_id,
    customer_id,
    arr,
    licensed_users,
from health_stands
where month between first_day and last_day
