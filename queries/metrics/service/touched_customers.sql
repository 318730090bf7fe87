-- question: Which customers were touched in a month, and how often?
-- grain: one row per customer with a contract in force at the month's end, in the running month on the as-of date
-- key: customer_id
-- parameters:
--   csm_now (text, optional): only this CSM's customers, "unknown" for those of none; null for all
--   in_month (text, optional): any day of the month; null for the month of the as-of date
-- columns:
--   customer_id (text): the customer
--   customer_name (text): its name
--   touches (count): its touches in the month; null for months after the newest touch of all or before the first
--   hours (number): hours of these touches
--   arr (money): its ARR
--   csm (label): its CSM now
--   last_touch (date): day of its last touch
select
    months.customer_id,
    customers.customer_name,
    months.touches,
    months.hours,
    months.arr,
    months.csm,
    touched.last_touch,
from
    touch_months(
        null,
        $filters,
        date_trunc('month', coalesce($in_month::date, $as_of))::date,
        last_day(coalesce($in_month::date, $as_of)),
        $as_of
    ) as months
left join customers on months.customer_id = customers.customer_id
left join last_touches as touched on months.customer_id = touched.customer_id
where $csm_now is null or coalesce(months.csm, 'unknown') = $csm_now
order by months.touches, months.arr desc, months.customer_id
