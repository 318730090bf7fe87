-- question: What does it cost to serve each tier, against what it pays?
-- grain: one row per tier with customers in force
-- key: tier
-- columns:
--   tier (label): the file's; where no file gives any, by the rule in the settings
--   customers (count): customers in force
--   arr (money): their ARR
--   service_hours (number): hours of the last 12 months
--   service_cost (money): hours x hourly cost
--   effort_share (rate): service_cost / ARR
--   tier_effort_share (rate): median of the customers' own shares
--   hours_per_customer (number): service_hours / customers
--   arr_share (rate): of the ARR of all tiers
--   cost_share (rate): of the service cost of all tiers
with served as (
    select
        coalesce(customers.tier, 'unknown') as tier,
        valued.arr,
        coalesce(costs.hours, 0) as hours,
        coalesce(costs.service_cost, 0) as service_cost,
    from valued_customers($filters, $as_of) as valued
    left join customers on valued.customer_id = customers.customer_id
    left join service_costs($as_of, $hourly_cost) as costs
        on valued.customer_id = costs.customer_id
    where valued.is_in_force
),

whole as (
    select
        nullif(sum(arr), 0) as arr,
        nullif(sum(service_cost), 0) as service_cost,
    from served
)

select
    served.tier,
    count(*) as customers,
    sum(served.arr) as arr,
    sum(served.hours) as service_hours,
    sum(served.service_cost) as service_cost,
    sum(served.service_cost) / nullif(sum(served.arr), 0) as effort_share,
    median(served.service_cost / nullif(served.arr, 0)) filter (where served.arr > 0)
        as tier_effort_share,
    sum(served.hours) / count(*) as hours_per_customer,
    sum(served.arr) / any_value(whole.arr) as arr_share,
    sum(served.service_cost) / any_value(whole.service_cost) as cost_share,
from served
cross join whole
where
    exists (
        select 1,
        from tend.stg_touches
        where touched_on <= $as_of and hours is not null
    )
group by served.tier
order by arr desc, served.tier
