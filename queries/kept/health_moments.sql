-- One row per day that is scored: the month ends that are made anew, or a day between two of them (M34).
with month_ends as (
    select
        last_day(unnest(range(
            greatest(
                $first_day,
                date_trunc('month', (
                    select min(contracts.start_date),
                    from contracts
                ))
            ),
            $today + 1,
            interval 1 month
        ))::date) as month,
)

select month,
from month_ends
where month <= $today and $between::date is null
union all
select $between::date as month,
where $between::date is not null
