-- question: Which customers went up or down a tier between two days, by the rule of the settings?
-- grain: one row per customer with another tier than before; in force at both days
-- key: customer_id
-- parameters:
--   first_day: the earlier day; null: 12 months before the later one
--   last_day: the later day; null: the as-of date
-- columns:
--   customer_id (text): the customer
--   customer_name (text): its name
--   from_tier (code values): by its ARR at the earlier day
--   to_tier (code values): by its ARR at the later day
--   direction (code): up or down
--   arr_before (money): ARR at the earlier day
--   arr (money): ARR at the later day
--   given_tier (text): the tier a file gives, if any
--   csm (label): the customer's
with days as (
    select
        later.customer_id,
        earlier.tier as from_tier,
        later.tier as to_tier,
        earlier.arr as arr_before,
        later.arr,
        list_position(['basic', 'core', 'strategic'], earlier.tier) as from_step,
        list_position(['basic', 'core', 'strategic'], later.tier) as to_step,
    from
        tiers_on(until_day($last_day, $as_of), $strategic_share, $core_share)
            as later
    inner join
        tiers_on(
            coalesce(
                $first_day, year_before(until_day($last_day, $as_of))
            ),
            $strategic_share,
            $core_share
        ) as earlier
        on later.customer_id = earlier.customer_id
)

select
    days.customer_id,
    customers.customer_name,
    days.from_tier,
    days.to_tier,
    if(days.to_step > days.from_step, 'up', 'down') as direction,
    days.arr_before,
    days.arr,
    stg_customers.tier as given_tier,
    customers.csm,
from days
semi join segments(null, null, $filters) as scope on days.customer_id = scope.customer_id
left join customers on days.customer_id = customers.customer_id
left join tend.stg_customers on days.customer_id = stg_customers.customer_id
where days.from_step <> days.to_step
order by direction, days.arr desc, days.customer_id
