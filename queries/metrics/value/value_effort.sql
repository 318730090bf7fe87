-- question: Who gets much service for little value, and who the reverse?
-- grain: one row per customer in force with ARR
-- key: customer_id
-- columns:
--   customer_id (text): the customer
--   customer_name (text): its name
--   tier (label): the file's; where no file gives any, by the rule in the settings
--   csm (label): the customer's
--   arr (money): ARR at the as-of date
--   service_hours (number): hours of the last 12 months
--   service_cost (money): hours x hourly cost
--   effort_share (rate): service_cost / ARR
--   median_arr (money): of all these customers
--   median_hours (number): of all these customers
--   place_in (code): much_for_much, much_for_little, little_for_much or little_for_little: effort for value
--   tier_effort_share (rate): median of its tier
--   times_tier (number): effort_share / that median
--   is_outlier (flag): over 3 times the median of its tier, and over 5 % of its ARR
with served as (
    select
        valued.customer_id,
        customers.customer_name,
        coalesce(customers.tier, 'unknown') as tier,
        customers.csm,
        valued.arr,
        coalesce(costs.hours, 0) as service_hours,
        coalesce(costs.service_cost, 0) as service_cost,
    from valued_customers($filters, $as_of) as valued
    left join customers on valued.customer_id = customers.customer_id
    left join service_costs($as_of, $hourly_cost) as costs
        on valued.customer_id = costs.customer_id
    where
        valued.is_in_force
        and valued.arr > 0
        and exists (
            select 1,
            from tend.stg_touches
            where touched_on <= $as_of and hours is not null
        )
),

middle as (
    select
        median(arr) as median_arr,
        median(service_hours) as median_hours,
    from served
),

tiers as (
    select
        tier,
        median(service_cost / nullif(arr, 0)) as tier_effort_share,
    from served
    group by tier
)

select
    served.customer_id,
    served.customer_name,
    served.tier,
    served.csm,
    served.arr,
    served.service_hours,
    served.service_cost,
    served.service_cost / nullif(served.arr, 0) as effort_share,
    middle.median_arr,
    middle.median_hours,
    if(served.service_hours > middle.median_hours, 'much', 'little')
    || '_for_'
    || if(served.arr >= middle.median_arr, 'much', 'little') as place_in,
    tiers.tier_effort_share,
    served.service_cost / nullif(served.arr, 0) / nullif(tiers.tier_effort_share, 0) as times_tier,
    coalesce(
        served.service_cost / nullif(served.arr, 0) > 0.05
        and served.service_cost / nullif(served.arr, 0) > 3 * tiers.tier_effort_share,
        false
    ) as is_outlier,
from served
cross join middle
left join tiers on served.tier = tiers.tier
order by effort_share desc, served.customer_id
