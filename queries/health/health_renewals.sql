-- One row per contract that has been renewed by a month end (J5), as of that day: run once per month end.
-- Its customer is looked at 90 days before the last day.
with renewed as (
    select
        contract_id,
        customer_id,
        end_date - 90 as day,
    from renewals
    where outcome in ('renewed_on_time', 'renewed_late') and end_date < $as_of
),

licensed as (
    select
        renewed.contract_id,
        sum(contracts.licensed_users) as licensed_users,
    from renewed
    inner join arr_spans
        on
            renewed.customer_id = arr_spans.customer_id
            and renewed.day between arr_spans.first_day and arr_spans.last_day
    inner join contracts on arr_spans.contract_id = contracts.contract_id
    where coalesce(contracts.signed_date <= renewed.day, true)
    group by renewed.contract_id
)

select
    $as_of as month,
    renewed.contract_id,
    renewed.customer_id,
    renewed.day,
    licensed.licensed_users,
from renewed
left join licensed on renewed.contract_id = licensed.contract_id
