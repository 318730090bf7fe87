-- One row per segment and customer in the filters, with a contract or without. By what is a contract's own
-- (product, type, end), those with such a contract in force on a day (D6).
create or replace macro customer_segments(group_by, filters, day) as table
    with labelled as (
        select
            customer_id,
            labels,
            keys,
        from customer_dimensions
        where not is_by_contract(group_by, filters)
        union all
        select
            dimensions.customer_id,
            dimensions.labels,
            dimensions.keys,
        from contract_dimensions as dimensions
        inner join arr_spans on dimensions.contract_id = arr_spans.contract_id
        where
            is_by_contract(group_by, filters)
            and day between arr_spans.first_day and arr_spans.last_day
    )

    select distinct
        customer_id,
        label(group_by, labels) as segment,
    from labelled
    where is_in_filters(filters, keys);
