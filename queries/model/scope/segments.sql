-- One row per contract in the filters, with its labels in up to two dimensions.
create or replace macro segments(group_by, split_by, filters) as table
    select
        contract_id,
        customer_id,
        label(
            group_by,
            size,
            industry,
            contract_type,
            department,
            region,
            csm,
            tier,
            source_channel,
            product,
            month,
            quarter,
            extra
        ) as segment,
        label(
            split_by,
            size,
            industry,
            contract_type,
            department,
            region,
            csm,
            tier,
            source_channel,
            product,
            month,
            quarter,
            extra
        ) as split,
    from contract_dimensions
    where
        is_in_filters(
            filters,
            size,
            industry,
            contract_type,
            department,
            region,
            csm,
            tier,
            source_channel,
            product,
            month,
            quarter,
            extra
        );
