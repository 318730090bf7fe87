-- question: Which customers changed their stage of life between two days?
-- grain: one row per customer in another stage than before
-- key: customer_id
-- parameters:
--   first_day: the earlier day; null: 3 months before the later one
--   last_day: the later day; null: the as-of date
-- columns:
--   customer_id (text): the customer
--   customer_name (text): its name
--   from_stage (code stages): stage at the earlier day; null: not yet a customer
--   to_stage (code stages): stage at the later day
--   arr (money): ARR at the later day
--   arr_before (money): ARR at the earlier day
--   csm (label): the customer's
--   tier (label): the customer's
with later as (
    select *,
    from lifecycle_stages($filters, until_day($last_day, $as_of))
),

earlier as (
    select *,
    from
        lifecycle_stages(
            $filters,
            coalesce(
                $first_day, (until_day($last_day, $as_of) - interval 3 months)::date
            )
        )
)

select
    later.customer_id,
    customers.customer_name,
    earlier.stage as from_stage,
    later.stage as to_stage,
    later.arr,
    coalesce(earlier.arr, 0) as arr_before,
    customers.csm,
    customers.tier,
from later
left join earlier on later.customer_id = earlier.customer_id
left join customers on later.customer_id = customers.customer_id
where later.stage is distinct from earlier.stage
order by greatest(later.arr, coalesce(earlier.arr, 0)) desc, later.customer_id
