-- One row per contract that can be renewed and ends in a window: from when on it was what, the quarter of its end, and
-- whether that is open as the Renewals page says it: not over, or with undecided contracts on the as-of date.
create or replace macro quarters_due(filters, first_day, last_day, as_of) as table
    with due as (
        select
            year(decisions.end_date) || '-Q' || quarter(decisions.end_date) as quarter,
            last_day((date_trunc('quarter', decisions.end_date) + interval 2 month)::date)
                as quarter_end,
            decisions.*,
            renewals.is_decided,
        from decisions
        inner join segments(null, null, filters) as scope
            on decisions.contract_id = scope.contract_id
        inner join renewals on decisions.contract_id = renewals.contract_id
        where
            decisions.end_date is not null
            and in_window(decisions.end_date, first_day, last_day)
    )

    select
        *,
        quarter_end >= as_of or bool_or(not is_decided) over (partition by quarter) as is_open,
    from due;
