-- One row per month of a window that is over on the as-of date (E1); without a window the last 12 (A9).
create or replace macro full_months(first_day, last_day, as_of) as table
    select
        month,
        last_day(month) as month_end,
    from (
        select
            unnest(
                generate_series(
                    first_month(first_day, as_of),
                    last_full_month(last_day, as_of),
                    interval 1 month
                )
            )::date as month,
    );
