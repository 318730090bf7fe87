-- question: What is a customer worth, and what does it take to serve it, against its tier?
-- grain: one row for a customer in force with ARR, none for another
-- key: customer_id
-- parameters:
--   customer_id (text): the customer
-- columns:
--   customer_id (text): the customer
--   tier (label): the file's; where no file gives any, by the rule in the settings
--   arr (money): ARR at the as-of date
--   contracted_to_date (money): full amounts of contracts started by then, one-offs included
--   service_hours (number): hours of the last 12 months; null where no file has hours
--   service_cost (money): hours x hourly cost
--   effort_share (rate): service_cost / ARR
--   tier_customers (count): customers of its tier in force with ARR, itself included
--   tier_arr (money): their median ARR
--   tier_hours (number): their median hours
--   tier_effort_share (rate): their median effort_share
with given as (
    select count(hours) > 0 as has_hours,
    from tend.stg_touches
    where touched_on <= $as_of
),

served as (
    select
        valued.customer_id,
        coalesce(customers.tier, 'unknown') as tier,
        valued.arr,
        valued.contracted_to_date,
        if(given.has_hours, coalesce(costs.hours, 0), null) as service_hours,
        if(given.has_hours, coalesce(costs.service_cost, 0), null) as service_cost,
        if(given.has_hours, coalesce(costs.service_cost, 0) / valued.arr, null) as effort_share,
    from valued_customers(null, $as_of) as valued
    cross join given
    left join customers on valued.customer_id = customers.customer_id
    left join service_costs($as_of, $hourly_cost) as costs
        on valued.customer_id = costs.customer_id
    where valued.is_in_force and valued.arr > 0
),

tiers as (
    select
        tier,
        count(*) as tier_customers,
        median(arr) as tier_arr,
        median(service_hours) as tier_hours,
        median(effort_share) as tier_effort_share,
    from served
    group by tier
)

select
    served.customer_id,
    served.tier,
    served.arr,
    served.contracted_to_date,
    served.service_hours,
    served.service_cost,
    served.effort_share,
    tiers.tier_customers,
    tiers.tier_arr,
    tiers.tier_hours,
    tiers.tier_effort_share,
from served
inner join tiers on served.tier = tiers.tier
where served.customer_id = $customer_id
