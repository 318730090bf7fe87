-- One row per contract known, one-offs included (B12), with everything it can be filtered and grouped by: its own, and its
-- customer's now (D7).
with labelled as (
    select
        known_contracts.contract_id,
        known_contracts.customer_id,
        known_contracts.is_one_off,
        known_contracts.contract_type,
        known_contracts.product,
        strftime(known_contracts.end_date, '%Y-%m') as month,
        year(known_contracts.end_date) || '-Q' || quarter(known_contracts.end_date) as quarter,
        customers.labels,
        customers.keys,
    from known_contracts
    left join customer_dimensions as customers
        on known_contracts.customer_id = customers.customer_id
)

select
    contract_id,
    customer_id,
    is_one_off,
    struct_update(
        labels,
        contract_type := contract_type,
        product := product,
        month := month,
        quarter := quarter
    ) as labels,
    {
        'dimensions': list_concat(
            ['contract_type', 'product', 'month', 'quarter'], keys.dimensions
        ),
        'labels': list_concat(keys_of([contract_type, product, month, quarter]), keys.labels)
    } as keys,
from labelled
