-- question: How much of the ARR do the largest customers make?
-- grain: one row per hundredth of the customers with ARR, the largest first, and the last of the largest fifth; one per customer where they are fewer
-- key: place
-- columns:
--   place (ordinal): number of customers up to here
--   customer_share (rate): of all customers with ARR
--   cumulative_share (rate): their share of the ARR
--   arr (money): their ARR
--   customer_name (text): the last one counted
--   is_top_fifth (flag): within the largest 20 %
--   is_needed_for_80 (flag): among the fewest customers that make 80 %
with ranked as (
    select
        valued.*,
        count(*) over (partition by valued.arr > 0) as count_customers,
        sum(valued.arr) over (
            order by valued.place rows between unbounded preceding and current row
        ) as cumulative_arr,
    from valued_customers($filters, $as_of) as valued
    where valued.arr > 0
),

points as (
    select
        *,
        row_number() over (
            partition by ceil(100 * place / count_customers) order by place desc
        ) as backwards,
    from ranked
)

select
    points.place,
    points.place / points.count_customers as customer_share,
    points.cumulative_share,
    points.cumulative_arr as arr,
    customers.customer_name,
    points.place <= ceil(points.count_customers / 5) as is_top_fifth,
    points.cumulative_share - points.arr_share < 0.8 * (1 - 1e-12) as is_needed_for_80,
from points
left join customers on points.customer_id = customers.customer_id
where points.backwards = 1 or points.place = ceil(points.count_customers / 5)
order by points.place
