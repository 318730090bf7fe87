-- One row per contract in the filters, with its labels, and those of up to two dimensions.
create or replace macro segments(group_by, split_by, filters) as table
    select
        contract_id,
        customer_id,
        labels,
        label(group_by, labels) as segment,
        label(split_by, labels) as split,
    from contract_dimensions
    where not is_one_off and is_in_filters(filters, keys);
