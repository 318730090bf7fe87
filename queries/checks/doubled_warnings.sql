-- One row per sheet of an import: how many customers have months of a matrix and contracts of a list that run at the same
-- time, and the ARR that so counts twice: of each, the smaller sum on the last day that has both (M28).
with told as (
    select
        *,
        least(coalesce(end_date, $today), $today) as last_day,
    from told_contracts
    where
        start_date <= $today
        and is_renewing
),

-- no day before the later start has both, and none after the earlier end
days as (
    select
        months.customer_id,
        max(least(months.last_day, listed.last_day)) as day,
    from told as months
    inner join told as listed
        on
            months.customer_id = listed.customer_id
            and months.start_date <= listed.last_day
            and months.last_day >= listed.start_date
    where months.is_never_due and not listed.is_never_due
    group by months.customer_id
),

sums as (
    select
        days.customer_id,
        least(
            sum(told.arr) filter (where told.is_never_due),
            sum(told.arr) filter (where not told.is_never_due)
        ) as arr,
    from days
    inner join told
        on
            days.customer_id = told.customer_id
            and days.day between told.start_date and told.last_day
    group by days.customer_id
),

named as (
    select
        customer_id,
        unnest(own_sources) as source,
    from told
),

own as (
    select distinct
        customer_id,
        source.sheet_no,
    from named
)

select
    own.sheet_no,
    null::integer as row_no,
    'counted_twice' as code,
    count(*)::varchar as word,
    coalesce(sum(sums.arr), 0) as amount,
from own
inner join sums on own.customer_id = sums.customer_id
group by own.sheet_no
order by own.sheet_no
