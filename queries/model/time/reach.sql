-- One row per data set of what customers do and people do for them, with facts up to the as-of date: its first and its
-- newest day then, and the one until which it is known (M36). That is the newest day that files tell: a word entered today
-- makes them no younger. Where people have made it a habit to enter such facts since, or no file tells any, it is the newest of
-- all. `told` is null where people entered a few of all. What is planned is no news. A file may have a month of usage
-- that was not over when it was written: where the other data end within a period, usage is taken to end with them. Usage
-- is awaited once the period after its newest is over: that of September is not stale in October.
with ends as (
    select
        dataset,
        min(first_day) as first_day,
        max(latest) as latest,
        max(in_files) as in_files,
    from customer_reach
    group by dataset
),

entered as (
    select distinct
        dataset,
        unnest(entered) as day,
    from customer_reach
),

habits as (
    select
        entered.dataset,
        is_habit(count(*)) as is_kept,
    from entered
    inner join ends on entered.dataset = ends.dataset and entered.day > ends.in_files
    group by entered.dataset
),

others as (
    select
        ends.*,
        if(habits.is_kept, ends.latest, ends.in_files) as told,
        coalesce(told, ends.latest) as tells_until,
    from ends
    left join habits on ends.dataset = habits.dataset
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
    from usage_periods as usage
    cross join newest
    where usage.period_start <= $as_of
    having count(*) > 0
)

select
    dataset,
    first_day,
    latest,
    told,
    tells_until,
    is_stale(tells_until, $as_of) as is_stale,
from others
union all
select
    dataset,
    first_day,
    latest,
    latest as told,
    latest as tells_until,
    is_stale(
        case granularity
            when 'month' then last_day(latest + 1)
            when 'week' then latest + 7
            else latest
        end,
        $as_of
    ) as is_stale,
from periods
