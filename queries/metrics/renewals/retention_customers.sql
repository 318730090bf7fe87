-- question: Whose ARR of 12 months ago is still there, and whose is not?
-- grain: one row per customer with ARR 12 months before the day
-- key: customer_id
-- parameters:
--   in_month (text, optional): any day of the month at whose end it is looked; null for the as-of date
-- columns:
--   customer_id (text): the customer
--   customer_name (text): its name
--   opening_arr (money): its ARR 12 months before the day
--   arr_now (money): its ARR on the day
--   kept_arr (money): the same, at most the opening
--   change_arr (money change): arr_now - opening_arr
--   overdue_arr (money): of arr_now, contracts that had ended by then and are in grace today
--   csm (label): the customer's
--   tier (label): the customer's
--   industry (label): the customer's
--   size (label): size band
with looked as (
    select coalesce(last_day($in_month::date), $as_of) as day,
),

per_customer as (
    select
        spans.customer_id,
        coalesce(
            sum(spans.arr) filter (
                where year_before(looked.day) between spans.first_day and spans.last_day
            ),
            0
        ) as opening_arr,
        coalesce(
            sum(spans.arr) filter (where looked.day between spans.first_day and spans.last_day), 0
        ) as arr_now,
        coalesce(
            sum(spans.arr) filter (
                where
                looked.day between spans.first_day and spans.last_day
                and looked.day > spans.sure_until
            ),
            0
        ) as overdue_arr,
    from arr_spans as spans
    inner join segments(null, null, $filters) as scope on spans.contract_id = scope.contract_id
    cross join looked
    group by spans.customer_id
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
