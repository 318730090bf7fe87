-- One row per contract span in the filters and month of a window that it counts in, or is missed in: at month
-- ends not after a day (E1); by default the last 12 full months (A9).
create or replace macro arr_months(group_by, filters, from_day, to_day, day) as table
    with limits as (
        select
            date_trunc('month', coalesce(from_day, day + 1 - interval 12 months))::date
                as first_month,
            (
                date_trunc('month', least(coalesce(to_day, day), day) + 1) - interval 1 month
            )::date
                as last_month,
    ),

    -- spans by the month ends they see, the first and the last
    spans as (
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

    firsts as (
        select
            segment,
            customer_id,
            min(first_month) filter (where arr <> 0) as first_arr_month,
        from spans
        where first_month <= last_month
        group by segment, customer_id
    )

    -- a span counts from its first month to its last, and is missed in the month after
    select
        spans.*,
        firsts.first_arr_month,
        unnest(generate_series(
            greatest(spans.first_month, limits.first_month),
            least((spans.last_month + interval 1 month)::date, limits.last_month),
            interval 1 month
        ))::date as month,
    from spans
    inner join
        firsts
        on spans.segment = firsts.segment and spans.customer_id = firsts.customer_id
    cross join limits
    where spans.first_month <= spans.last_month;
