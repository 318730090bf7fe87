-- One row per contract in the filters whose ARR counts only as grace is not over (C3): what becomes of it is open, and
-- its loss would show in the month of the day after its end.
create or replace macro overdue_spans(filters) as table
    select
        arr_spans.contract_id,
        arr_spans.customer_id,
        arr_spans.arr,
        date_trunc('month', arr_spans.sure_until + 1)::date as month,
    from arr_spans
    inner join segments(null, null, filters) as scope on arr_spans.contract_id = scope.contract_id
    where arr_spans.is_overdue;
