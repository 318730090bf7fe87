-- One row: what runs on the as-of date, when contracts begin at the latest, and what counts in no sum because
-- its currency has no rate (M22, M35).
with running as (
    select
        count(*) as contracts,
        count(distinct customer_id) as customers,
        coalesce(sum(arr), 0) as arr,
    from arr_spans
    where $as_of between first_day and last_day
),

begun as (
    select
        count(*) as known,
        max(start_date) filter (where start_date <= $as_of) as newest_start,
        count(*) filter (where arr is null) as left_out,
        list_sort(list(distinct currency) filter (where arr is null)) as other_currencies,
    from contracts
)

select
    running.contracts,
    running.customers,
    running.arr,
    begun.known,
    begun.newest_start,
    begun.left_out,
    coalesce(begun.other_currencies, []) as other_currencies,
from running
cross join begun
