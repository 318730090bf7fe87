-- question: How much of the ARR of 12 months ago is still there?
-- grain: one row per segment with ARR 12 months before the as-of date
-- key: segment
-- grouped by: dimensions
-- columns:
--   segment (label): label in the dimension
--   opening_customers (count): customers with ARR at the as-of date - 12 months
--   kept_customers (count): of them with ARR at the as-of date
--   opening_arr (money): their ARR then
--   kept_arr (money): their ARR now, capped per customer at the opening
--   arr_now (money): their ARR now
--   nrr (rate): arr_now / opening_arr
--   grr (rate): kept_arr / opening_arr
--   logo_retention (rate): kept_customers / opening_customers
--   overdue_arr (money): of arr_now, contracts overdue
--   shrunk_customers (count): opening customers with less ARR now, those gone included
--   nrr_target (rate): what the settings aim at; null without a target
--   nrr_from_target (rate change): nrr - its target
--   grr_target (rate): what the settings aim at; null without a target
--   grr_from_target (rate change): grr - its target
--   other_currencies (text): yearly amounts in currencies without a rate, left out of every sum
with spans as (
    select
        scope.segment,
        arr_spans.*,
        year_before($as_of) between arr_spans.first_day and arr_spans.last_day
            as is_opening,
        $as_of between arr_spans.first_day and arr_spans.last_day as is_now,
    from arr_spans
    inner join
        segments($group_by, null, $filters) as scope
        on arr_spans.contract_id = scope.contract_id
),

per_customer as (
    select
        segment,
        customer_id,
        coalesce(sum(arr) filter (where is_opening), 0) as opening_arr,
        coalesce(sum(arr) filter (where is_now), 0) as arr_now,
        coalesce(sum(arr) filter (where is_now and is_overdue), 0) as overdue_arr,
    from spans
    group by segment, customer_id
),

foreign_amounts as (
    select
        spans.segment,
        amounts_apart(list({currency: contracts.currency, amount: contracts.annual_amount}))
            as other_currencies,
    from spans
    inner join contracts on spans.contract_id = contracts.contract_id
    where spans.is_opening and contracts.arr is null
    group by spans.segment
)

select
    per_customer.segment,
    count(*) as opening_customers,
    count(*) filter (where per_customer.arr_now > 0) as kept_customers,
    sum(per_customer.opening_arr) as opening_arr,
    sum(kept_of(per_customer.arr_now, per_customer.opening_arr)) as kept_arr,
    sum(per_customer.arr_now) as arr_now,
    sum(per_customer.arr_now) / nullif(sum(per_customer.opening_arr), 0) as nrr,
    sum(kept_of(per_customer.arr_now, per_customer.opening_arr))
    / nullif(sum(per_customer.opening_arr), 0) as grr,
    count(*) filter (where per_customer.arr_now > 0) / count(*) as logo_retention,
    sum(per_customer.overdue_arr) as overdue_arr,
    count(*) filter (where per_customer.arr_now < per_customer.opening_arr) as shrunk_customers,
    $targets['nrr']::double as nrr_target,
    nrr - nrr_target as nrr_from_target,
    $targets['grr']::double as grr_target,
    grr - grr_target as grr_from_target,
    any_value(foreign_amounts.other_currencies) as other_currencies,
from per_customer
left join foreign_amounts on per_customer.segment = foreign_amounts.segment
where per_customer.opening_arr > 0
group by per_customer.segment
order by per_customer.segment
