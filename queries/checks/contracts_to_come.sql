-- One row: what runs on the as-of date, what of that is in no sum because its currency has no rate, and when contracts
-- begin at the latest (M22, M35).
with running as (
    select
        count(*) as contracts,
        count(distinct arr_spans.customer_id) as customers,
        coalesce(sum(arr_spans.arr), 0) as arr,
        count(*)
        filter (where contracts.annual_amount is not null and arr_spans.arr is null)
            as left_out,
        list_sort(
            list(distinct contracts.currency)
            filter (where contracts.annual_amount is not null and arr_spans.arr is null)
        ) as other_currencies,
    from arr_spans
    inner join contracts on arr_spans.contract_id = contracts.contract_id
    where $as_of between arr_spans.first_day and arr_spans.last_day
),

begun as (
    select
        count(*) as known,
        max(start_date) filter (where start_date <= $as_of) as newest_start,
    from contracts
)

select
    running.contracts,
    running.customers,
    running.arr,
    begun.known,
    begun.newest_start,
    running.left_out,
    coalesce(running.other_currencies, []) as other_currencies,
from running
cross join begun
