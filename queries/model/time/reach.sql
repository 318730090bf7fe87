-- One row per data set of what customers do and people do for them, with facts up to the as-of date: its first and its
-- newest day then, and the newest one that a file tells (M36). What is planned is no news. A file may have a month of usage
-- that was not over when it was written: where the other data end within a period, usage is taken to end with them. Usage
-- is awaited once the period after its newest is over: that of September is not stale in October.
with entries as (
    select coalesce(list(distinct import_id), []) as ids,
    from tend.stg_sheets
    where origin = 'entry'
),

days as (
    select
        'touches' as dataset,
        touched_on as day,
        sources,
    from tend.stg_touches
    union all
    select
        'stages' as dataset,
        entered_on as day,
        sources,
    from tend.stg_stages
    union all
    select
        'surveys' as dataset,
        answered_on as day,
        sources,
    from tend.stg_surveys
    union all
    select
        'tickets' as dataset,
        opened_on as day,
        sources,
    from tend.stg_tickets
),

others as (
    select
        days.dataset,
        min(days.day) as first_day,
        max(days.day) as latest,
        max(days.day) filter (
            where len(list_filter(
                days.sources, lambda one: not list_contains(entries.ids, one['import_id'])
            )) > 0
        ) as in_files,
    from days
    cross join entries
    where days.day <= $as_of
    group by days.dataset
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
        max_by(usage.granularity, usage.period_end) as granularity,
    from tend.stg_usage as usage
    cross join newest
    where usage.period_start <= $as_of
    having count(*) > 0
)

select
    dataset,
    first_day,
    latest,
    in_files,
    is_stale(latest, $as_of) as is_stale,
from others
union all
select
    dataset,
    first_day,
    latest,
    latest as in_files,
    is_stale(
        case granularity
            when 'month' then last_day(latest + 1)
            when 'week' then latest + 7
            else latest
        end,
        $as_of
    ) as is_stale,
from periods
