-- One row per contract in the filters, one-offs included, that has started by a day: its full amount (E6).
create or replace macro amounts(filters, day) as table
    select
        known_contracts.contract_id,
        known_contracts.customer_id,
        known_contracts.full_amount,
    from known_contracts
    left join customers on known_contracts.customer_id = customers.customer_id
    where
        coalesce(known_contracts.start_date <= day, true)
        and is_in_filters(
            filters,
            customers.size,
            customers.industry,
            known_contracts.contract_type,
            customers.department,
            customers.region,
            customers.csm,
            customers.tier,
            customers.source_channel,
            known_contracts.product,
            strftime(known_contracts.end_date, '%Y-%m'),
            year(known_contracts.end_date) || '-Q' || quarter(known_contracts.end_date),
            customers.extra
        );
