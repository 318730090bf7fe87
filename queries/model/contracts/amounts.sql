-- One row per contract in the filters, one-offs included, that has started by a day: its full amount (E6).
create or replace macro amounts(filters, day) as table
    select
        known_contracts.contract_id,
        known_contracts.customer_id,
        known_contracts.full_amount,
    from known_contracts
    inner join contract_dimensions as dimensions
        on known_contracts.contract_id = dimensions.contract_id
    where
        coalesce(known_contracts.start_date <= day, true)
        and is_in_filters(filters, dimensions.keys);
