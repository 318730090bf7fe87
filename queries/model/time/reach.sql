-- One row per data set of what customers do and people do for them, with facts up to the as-of date: its first and its
-- newest day then (M36). What is planned is no news. A file may have a month of usage that was not over when it was
-- written: where the other data end within a period, usage is taken to end with them.
with days as (
    select
        'touches' as dataset,
        touched_on as day,
    from tend.stg_touches
    union all
    select
        'stages' as dataset,
        entered_on as day,
    from tend.stg_stages
    union all
    select
        'surveys' as dataset,
        answered_on as day,
    from tend.stg_surveys
    union all
    select
        'tickets' as dataset,
        opened_on as day,
    from tend.stg_tickets
),

others as (
    select
        dataset,
        min(day) as first_day,
        max(day) as latest,
    from days
    where day <= $as_of
    group by dataset
),

newest as (
    select max(latest) as day,
    from others
),

periods as (
    select
        'usage' as dataset,
        min(usage.period_start) as first_day,
        max(least(
            usage.period_end,
            $as_of,
            if(newest.day >= usage.period_start, newest.day, usage.period_end)
        )) as latest,
    from tend.stg_usage as usage
    cross join newest
    where usage.period_start <= $as_of
    having count(*) > 0
)

select
    dataset,
    first_day,
    latest,
    is_stale(latest, $as_of) as is_stale,
from others
union all
select
    dataset,
    first_day,
    latest,
    is_stale(latest, $as_of) as is_stale,
from periods
