-- One row per customer and day that is scored: the values that tell how the product is used, beside each other. By one
-- pass over all values: three joins by name would read them three times, and each page would read them again.
select
    customer_id,
    day,
    max(value) filter (where indicator = 'key_actions') as key_actions,
    max(value) filter (where indicator = 'deployment') as active_share,
    max(value) filter (where indicator = 'breadth') as breadth,
from tend.health_values
where indicator in ('key_actions', 'deployment', 'breadth')
group by customer_id, day
