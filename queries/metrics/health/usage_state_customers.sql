-- question: Which customers use the product well, badly, or not at all?
-- grain: one row per customer in force at a month end
-- key: customer_id
-- parameters:
--   month_end (text, optional): the month end; null for the last one by the as-of date
-- columns:
--   customer_id (text): the customer
--   customer_name (text): its name
--   state (code columns): well, badly, not_at_all or unknown
--   arr (money): its ARR
--   active_share (rate): share of the licences that are in use
--   features_used (number): features it uses
--   csm (label): the customer's
--   tier (label): the customer's
with months as (
    select *,
    from usage_months($filters, $north_star)
    where month <= $as_of
)

select
    months.customer_id,
    customers.customer_name,
    months.state,
    months.arr,
    months.active_share,
    months.breadth as features_used,
    customers.csm,
    customers.tier,
from months
left join customers on months.customer_id = customers.customer_id
where months.month = coalesce($month_end::date, (select max(known.month), from months as known))
order by
    list_position(['not_at_all', 'badly', 'unknown', 'well'], months.state),
    months.arr desc,
    months.customer_id
