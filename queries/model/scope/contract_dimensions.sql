-- One row per contract with everything it can be filtered and grouped by: its own, and its customer's now (D7).
select
    contracts.contract_id,
    contracts.customer_id,
    customers.size,
    customers.industry,
    contracts.contract_type,
    customers.department,
    customers.region,
    customers.csm,
    customers.tier,
    customers.source_channel,
    contracts.product,
    customers.extra,
    strftime(contracts.end_date, '%Y-%m') as month,
    year(contracts.end_date) || '-Q' || quarter(contracts.end_date) as quarter,
from contracts
left join customers on contracts.customer_id = customers.customer_id
