-- One row per day asked for, segment and customer in force on it: the ARR of its contracts there (D6), and of it
-- that of contracts overdue.
create or replace macro customers_in_force(group_by, filters, days) as table
    select
        moments.day,
        scope.segment,
        arr_spans.customer_id,
        coalesce(sum(arr_spans.arr), 0) as arr,
        coalesce(sum(arr_spans.arr) filter (where arr_spans.is_overdue), 0) as overdue_arr,
    from (select unnest(days)::date as day,) as moments
    inner join arr_spans on moments.day between arr_spans.first_day and arr_spans.last_day
    inner join segments(group_by, null, filters) as scope
        on arr_spans.contract_id = scope.contract_id
    group by moments.day, scope.segment, arr_spans.customer_id;
