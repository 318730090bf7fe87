-- question: Which customers renewed, and with how much of what was due?
-- grain: one row per customer with a decided contract whose end date is in the window
-- key: customer_id
-- columns:
--   customer_id (text): the customer
--   customer_name (text): its name
--   decided (count): contracts renewed or lost
--   renewed (count): of them renewed
--   due_arr (money): ARR of decided contracts
--   renewed_arr (money): ARR of their successors
--   kept_arr (money): the same, at most what was due
--   change_arr (money change): renewed_arr - due_arr
--   is_renewed (flag): whether any of them was renewed: what the logo renewal rate counts
--   csm (label): the customer's
--   tier (label): the customer's
--   industry (label): the customer's
--   size (label): size band
with per_customer as (
    select
        renewals.customer_id,
        count(*) as decided,
        count(*) filter (where renewals.is_renewed) as renewed,
        coalesce(sum(renewals.arr), 0) as due_arr,
        coalesce(sum(renewals.successor_arr), 0) as renewed_arr,
    from renewals
    inner join segments(null, null, $filters) as scope on renewals.contract_id = scope.contract_id
    where renewals.is_decided and in_window(renewals.end_date, $first_day, $last_day)
    group by renewals.customer_id
)

select
    per_customer.customer_id,
    customers.customer_name,
    per_customer.decided,
    per_customer.renewed,
    per_customer.due_arr,
    per_customer.renewed_arr,
    kept_of(per_customer.renewed_arr, per_customer.due_arr) as kept_arr,
    per_customer.renewed_arr - per_customer.due_arr as change_arr,
    per_customer.renewed > 0 as is_renewed,
    customers.csm,
    customers.tier,
    customers.industry,
    customers.size,
from per_customer
left join customers on per_customer.customer_id = customers.customer_id
order by is_renewed, change_arr, per_customer.customer_id
