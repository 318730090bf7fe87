-- One row per segment and customer in the filters, with a contract or without. By what is a contract's own
-- (product, type, end), those with such a contract in force on a day (D6).
create or replace macro customer_segments(group_by, filters, day) as table
    with in_force as (
        select dimensions.*,
        from contract_dimensions as dimensions
        inner join arr_spans on dimensions.contract_id = arr_spans.contract_id
        where day between arr_spans.first_day and arr_spans.last_day
    ),

    asked as (
        select
            len(
                list_intersect(
                    list_append(map_keys(filters), coalesce(group_by, '')),
                    ['product', 'contract_type', 'month', 'quarter']
                )
            ) > 0 as is_by_contract,
    )

    select distinct
        customers.customer_id,
        label(
            group_by,
            customers.size,
            customers.industry,
            in_force.contract_type,
            customers.department,
            customers.region,
            customers.csm,
            customers.tier,
            customers.source_channel,
            in_force.product,
            in_force.month,
            in_force.quarter,
            customers.extra
        ) as segment,
    from customers
    cross join asked
    left join in_force on customers.customer_id = in_force.customer_id and asked.is_by_contract
    where
        (not asked.is_by_contract or in_force.contract_id is not null)
        and is_in_filters(
            filters,
            customers.size,
            customers.industry,
            in_force.contract_type,
            customers.department,
            customers.region,
            customers.csm,
            customers.tier,
            customers.source_channel,
            in_force.product,
            in_force.month,
            in_force.quarter,
            customers.extra
        );
