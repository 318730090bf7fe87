-- One row per customer, with a contract or without, with what it can be filtered and grouped by itself.
with labelled as (
    select
        customer_id,
        labels_of(
            customers,
            {'contract_type': null::varchar, 'product': null::varchar, 'end_date': null::date}
        ) as labels,
    from customers
)

select
    customer_id,
    labels,
    keys_of(labels) as keys,
from labelled
