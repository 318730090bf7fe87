-- One row per customer and month end on which a contract in the filters was in force: health then, and the
-- ARR of those contracts (D6).
create or replace macro months_in_scope(filters) as table
    with scope as (
        select
            health_contracts.month,
            health_contracts.customer_id,
            coalesce(sum(health_contracts.arr), 0) as arr,
        from tend.health_contracts
        inner join
            segments(null, null, filters) as segments
            on health_contracts.contract_id = segments.contract_id
        group by health_contracts.month, health_contracts.customer_id
    )

    select
        health_months.* exclude (arr),
        scope.arr,
    from tend.health_months
    inner join scope
        on
            health_months.month = scope.month
            and health_months.customer_id = scope.customer_id;
