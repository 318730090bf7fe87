-- One row per customer that has been touched by the as-of date: the day of the last touch.
-- follows: customer_id
select
    customer_id,
    max(touched_on) as last_touch,
from tend.stg_touches
where touched_on <= $as_of
group by customer_id
