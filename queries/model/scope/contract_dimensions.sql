-- One row per contract known, one-offs included (B12), with everything it can be filtered and grouped by.
select
    known_contracts.contract_id,
    known_contracts.customer_id,
    known_contracts.is_one_off,
    labels_of(customers, known_contracts) as labels,
    keys_of(labels) as keys,
from known_contracts
left join customers on known_contracts.customer_id = customers.customer_id
