-- One row per month end and customer that had a contract in the filters in force on it: the ARR of those
-- contracts then (D6).
create or replace macro health_scope(filters) as table
    select
        health_contracts.month,
        health_contracts.customer_id,
        coalesce(sum(health_contracts.arr), 0) as arr,
    from tend.health_contracts
    inner join
        segments(null, null, filters) as scope
        on health_contracts.contract_id = scope.contract_id
    group by health_contracts.month, health_contracts.customer_id;
