-- One row per segment and customer in the filters, with a contract or without. By what is a contract's own
-- (product, type, end), those with such a contract in force on a day (D6).
create or replace macro customer_segments(group_by, filters, day) as table
    with asked as (
        select
            len(
                list_intersect(
                    list_append(map_keys(filters), coalesce(group_by, '')),
                    ['product', 'contract_type', 'month', 'quarter']
                )
            ) > 0 as is_by_contract,
    ),

    labelled as (
        select
            customer_id,
            labels,
            keys,
        from customer_dimensions
        semi join asked on not asked.is_by_contract
        union all
        select
            dimensions.customer_id,
            dimensions.labels,
            dimensions.keys,
        from contract_dimensions as dimensions
        inner join arr_spans on dimensions.contract_id = arr_spans.contract_id
        semi join asked on asked.is_by_contract
        where day between arr_spans.first_day and arr_spans.last_day
    )

    select distinct
        customer_id,
        label(group_by, labels) as segment,
    from labelled
    where is_in_filters(filters, keys);
