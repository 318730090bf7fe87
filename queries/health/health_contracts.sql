-- One row per contract in force at a month end, as of that day: run once per month end.
select
    $as_of as month,
    contracts.contract_id,
    contracts.customer_id,
    arr_spans.arr,
    contracts.licensed_users,
from arr_spans
inner join contracts on arr_spans.contract_id = contracts.contract_id
where $as_of between arr_spans.first_day and arr_spans.last_day
