-- question: What does service cost, against what customers pay?
-- grain: one row where a file has service hours and customers are in force
-- columns:
--   customers (count): customers in force
--   arr (money): their ARR
--   service_hours (number): their hours of the last 12 months
--   service_cost (money): hours x hourly cost
--   effort_share (rate): service_cost / arr
with hours as (
    select count(hours) > 0 as has_hours,
    from tend.stg_touches
    where touched_on <= $as_of
),

served as (
    select
        count(*) as customers,
        sum(lives.arr) as arr,
        coalesce(sum(costs.hours), 0) as service_hours,
        coalesce(sum(costs.service_cost), 0) as service_cost,
    from lives(null, $filters, $as_of) as lives
    cross join hours
    left join service_costs($as_of, $hourly_cost) as costs
        on lives.customer_id = costs.customer_id
    where lives.is_in_force and hours.has_hours
    having count(*) > 0
)

select
    *,
    service_cost / nullif(arr, 0) as effort_share,
from served
