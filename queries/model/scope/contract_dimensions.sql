-- One row per contract known, one-offs included (B12), with everything it can be filtered and grouped by.
with labelled as ( -- a step of its own: written into each key, the labels took 80 ms to plan
    select
        known_contracts.contract_id,
        known_contracts.customer_id,
        known_contracts.is_one_off,
        labels_of(customers, known_contracts) as labels,
    from known_contracts
    left join customers on known_contracts.customer_id = customers.customer_id
)

select
    contract_id,
    customer_id,
    is_one_off,
    labels,
    keys_of(labels) as keys,
from labelled
