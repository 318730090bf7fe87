-- One row per segment, contract and month at whose end its ARR counts, and the month after, in which it is missed.
create or replace macro arr_months(group_by, filters, from_month, to_month) as table
    -- spans by the month ends they see, the first and the last
    with spans as (
        select
            scope.segment,
            arr_spans.contract_id,
            arr_spans.customer_id,
            arr_spans.arr,
            date_trunc('month', arr_spans.first_day)::date as first_month,
            (date_trunc('month', arr_spans.last_day + 1) - interval 1 month)::date as last_month,
        from arr_spans
        inner join
            segments(group_by, null, filters) as scope
            on arr_spans.contract_id = scope.contract_id
    ),

    -- the first month with ARR, over all history (E2)
    firsts as (
        select
            segment,
            customer_id,
            min(first_month) as first_ever,
        from spans
        where first_month <= last_month and arr <> 0
        group by segment, customer_id
    )

    select
        spans.*,
        firsts.first_ever,
        unnest(generate_series(
            greatest(spans.first_month, coalesce(from_month, spans.first_month)),
            least((spans.last_month + interval 1 month)::date, to_month),
            interval 1 month
        ))::date as month,
    from spans
    left join
        firsts
        on spans.segment = firsts.segment and spans.customer_id = firsts.customer_id
    where spans.first_month <= spans.last_month;
