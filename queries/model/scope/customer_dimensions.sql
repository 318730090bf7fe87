-- One row per customer, with a contract or without, with what it can be filtered and grouped by itself.
select
    customer_id,
    labels_of(
        customers,
        {'contract_type': null::varchar, 'product': null::varchar, 'end_date': null::date}
    ) as labels,
    keys_of(labels) as keys,
from customers
