-- One row per customer in the filters and segment: by its own attributes, whether it has a contract or not;
-- where a contract's attribute is asked for, by the contracts in force that day (D6).
create or replace macro customer_segments(group_by, filters, to_day) as table
    with asked as (
        select
            coalesce(group_by in ('product', 'contract_type'), false)
            or len(
                list_intersect(map_keys(filters), ['product', 'contract_type', 'month', 'quarter'])
            )
            > 0 as is_of_contracts,
    )

    select distinct
        arr_spans.customer_id,
        scope.segment,
    from arr_spans
    cross join asked
    inner join
        segments(group_by, null, filters) as scope
        on arr_spans.contract_id = scope.contract_id
    where asked.is_of_contracts and to_day between arr_spans.first_day and arr_spans.last_day
    union all
    select
        customers.customer_id,
        label(
            group_by,
            customers.size,
            customers.industry,
            null,
            customers.department,
            customers.region,
            customers.csm,
            customers.tier,
            customers.source_channel,
            null,
            null,
            null,
            customers.extra
        ) as segment,
    from customers
    cross join asked
    where
        not asked.is_of_contracts
        and is_in_filters(
            filters,
            customers.size,
            customers.industry,
            null,
            customers.department,
            customers.region,
            customers.csm,
            customers.tier,
            customers.source_channel,
            null,
            null,
            null,
            customers.extra
        );
