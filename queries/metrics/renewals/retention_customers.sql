-- question: Whose ARR of 12 months ago is still there, and whose is not?
-- grain: one row per customer with ARR 12 months before the as-of date
-- key: customer_id
-- columns:
--   customer_id (text): the customer
--   customer_name (text): its name
--   opening_arr (money): its ARR 12 months before the as-of date
--   arr_now (money): its ARR at the as-of date
--   kept_arr (money): the same, at most the opening
--   change_arr (money change): arr_now - opening_arr
--   overdue_arr (money): of arr_now, contracts overdue
--   csm (label): the customer's
--   tier (label): the customer's
--   industry (label): the customer's
--   size (label): size band
with per_customer as (
    select
        arr_spans.customer_id,
        coalesce(
            sum(arr_spans.arr) filter (
                where year_before($as_of) between arr_spans.first_day and arr_spans.last_day
            ),
            0
        ) as opening_arr,
        coalesce(
            sum(arr_spans.arr) filter (
                where $as_of between arr_spans.first_day and arr_spans.last_day
            ),
            0
        ) as arr_now,
        coalesce(
            sum(arr_spans.arr) filter (
                where
                arr_spans.is_overdue
                and $as_of between arr_spans.first_day and arr_spans.last_day
            ),
            0
        ) as overdue_arr,
    from arr_spans
    inner join segments(null, null, $filters) as scope on arr_spans.contract_id = scope.contract_id
    group by arr_spans.customer_id
)

select
    per_customer.customer_id,
    customers.customer_name,
    per_customer.opening_arr,
    per_customer.arr_now,
    kept_of(per_customer.arr_now, per_customer.opening_arr) as kept_arr,
    per_customer.arr_now - per_customer.opening_arr as change_arr,
    per_customer.overdue_arr,
    customers.csm,
    customers.tier,
    customers.industry,
    customers.size,
from per_customer
left join customers on per_customer.customer_id = customers.customer_id
where per_customer.opening_arr > 0
order by per_customer.arr_now > 0, change_arr, per_customer.customer_id
