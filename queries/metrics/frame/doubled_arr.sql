-- question: Whose ARR counts twice, by months of a matrix and by contracts?
-- grain: one row
-- columns:
--   customers (count): customers with both in force on the as-of date (M28)
--   arr (money): what counts twice at the least: of each customer's two sums the smaller
with in_force as (
    select
        arr_spans.customer_id,
        sum(arr_spans.arr) filter (where contracts.is_never_due) as by_months,
        sum(arr_spans.arr) filter (where not contracts.is_never_due) as by_contracts,
    from arr_spans
    inner join contracts on arr_spans.contract_id = contracts.contract_id
    inner join segments(null, null, $filters) as scope
        on arr_spans.contract_id = scope.contract_id
    where $as_of between arr_spans.first_day and arr_spans.last_day
    group by arr_spans.customer_id
)

select
    count(*) as customers,
    coalesce(sum(least(by_months, by_contracts)), 0) as arr,
from in_force
where by_months > 0 and by_contracts > 0
