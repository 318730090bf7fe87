-- question: On how few customers does our ARR stand?
-- grain: one row per segment with ARR at the as-of date
-- key: segment
-- grouped by: dimensions
-- columns:
--   segment (label): label in the dimension
--   customers (count): customers with ARR
--   arr (money): their ARR
--   top_20_percent_share (rate): share of the largest fifth of the customers, rounded up
--   customers_for_80_percent (count): the fewest customers whose ARR is at least 80 %
--   largest_share (rate): share of the largest customer
--   top_20_percent_customers (count): customers in the largest fifth
--   top_20_percent_arr (money): their ARR
--   largest_customer_id (text): the largest customer; of equal ones the first by id
--   largest_customer_name (text): its name
--   largest_arr (money): its ARR
--   arr_without_largest (money): what would be left without it
--   nrr (rate): NRR of 12 months
--   nrr_without_largest (rate): the same had the largest left today
--   mrr (money): arr / 12
--   overdue_arr (money): of arr, contracts overdue
with ranked as (
    select
        lives.segment,
        lives.customer_id,
        lives.arr,
        lives.overdue_arr,
        row_number() over (
            partition by lives.segment
            order by lives.arr desc, lives.customer_id
        ) as place,
        count(*) over (partition by lives.segment) as count_customers,
        sum(lives.arr) over (partition by lives.segment) as whole,
        sum(lives.arr) over (
            partition by lives.segment
            order by lives.arr desc, lives.customer_id
            rows between unbounded preceding and current row
        ) as cumulative,
        coalesce(opening.arr > 0, false) as is_opening,
    from lives($group_by, $filters, $as_of) as lives
    left join lives($group_by, $filters, year_before($as_of)) as opening
        on lives.segment = opening.segment and lives.customer_id = opening.customer_id
    where lives.arr > 0
),

openings as (
    select
        opening.segment,
        sum(opening.arr) as opening_arr,
        sum(lives.arr) as arr_now,
    from lives($group_by, $filters, year_before($as_of)) as opening
    inner join lives($group_by, $filters, $as_of) as lives
        on opening.segment = lives.segment and opening.customer_id = lives.customer_id
    where opening.arr > 0
    group by opening.segment
),

summed as (
    select
        segment,
        count(*) as customers,
        sum(arr) as arr,
        sum(overdue_arr) as overdue_arr,
        sum(arr) filter (where place <= ceil(count_customers / 5)) as top_20_percent_arr,
        count(*) filter (where place <= ceil(count_customers / 5)) as top_20_percent_customers,
        -- rounding noise of the sums must not ask for one more (E3)
        count(*) filter (where cumulative - arr < 0.8 * whole * (1 - 1e-12))
            as customers_for_80_percent,
        max(arr) as largest_arr,
        min(customer_id) filter (where place = 1) as largest_customer_id,
        coalesce(sum(arr) filter (where is_opening and place = 1), 0) as largest_of_opening,
    from ranked
    group by segment
)

select
    summed.segment,
    summed.customers,
    summed.arr,
    summed.top_20_percent_arr / summed.arr as top_20_percent_share,
    summed.customers_for_80_percent,
    summed.largest_arr / summed.arr as largest_share,
    summed.top_20_percent_customers,
    summed.top_20_percent_arr,
    summed.largest_customer_id,
    customers.customer_name as largest_customer_name,
    summed.largest_arr,
    summed.arr - summed.largest_arr as arr_without_largest,
    openings.arr_now / nullif(openings.opening_arr, 0) as nrr,
    (openings.arr_now - summed.largest_of_opening) / nullif(openings.opening_arr, 0)
        as nrr_without_largest,
    summed.arr / 12 as mrr,
    summed.overdue_arr,
from summed
left join openings on summed.segment = openings.segment
left join customers on summed.largest_customer_id = customers.customer_id
order by summed.segment
