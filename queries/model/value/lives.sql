-- One row per segment and customer with a dated recurring contract: when it began, whether it is in force
-- on a day, until when it was, and its ARR that day. Facts are restricted to the segment's contracts (D6).
create or replace macro lives(group_by, filters, day) as table
    with dated as (
        select
            scope.segment,
            contracts.customer_id,
            contracts.start_date,
            arr_spans.first_day,
            arr_spans.last_day,
            coalesce(day between arr_spans.first_day and arr_spans.last_day, false) as is_in_force,
            -- in grace that day; spans before it are as they turned out
            arr_spans.is_overdue and contracts.end_date < day as is_overdue,
            arr_spans.arr,
        from contracts
        inner join
            segments(group_by, null, filters) as scope
            on contracts.contract_id = scope.contract_id
        left join arr_spans on contracts.contract_id = arr_spans.contract_id
        where contracts.start_date is not null
    )

    select
        segment,
        customer_id,
        min(start_date) as first_start,
        bool_or(is_in_force) as is_in_force,
        bool_or(is_in_force and not is_overdue) as is_served,
        max(least(last_day, day)) filter (where first_day <= day) as last_day,
        coalesce(sum(arr) filter (where is_in_force), 0) as arr,
        coalesce(sum(arr) filter (where is_in_force and is_overdue), 0) as overdue_arr,
    from dated
    group by segment, customer_id;
