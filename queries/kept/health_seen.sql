-- One row per customer and day that was read before, and that no changed fact can reach.
select
    customer_id,
    month as day,
from tend.health_contracts
where month < $first_day
union
select
    customer_id,
    day,
from tend.health_renewals
where month < $first_day and day < $first_day
