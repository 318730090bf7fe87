-- One row per customer in force at a month end, as of that day: run once per month end.
select
    $as_of as month,
    arr_spans.customer_id,
    coalesce(sum(arr_spans.arr), 0) as arr,
    sum(contracts.licensed_users) as licensed_users,
from arr_spans
inner join contracts on arr_spans.contract_id = contracts.contract_id
where $as_of between arr_spans.first_day and arr_spans.last_day
group by arr_spans.customer_id
