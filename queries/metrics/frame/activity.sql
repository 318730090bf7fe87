-- question: How new is what the data say of a day, and from which day is all to be looked at?
-- grain: one row per data set of what customers do and people do for them; with none of them one of the last import
-- key: dataset
-- columns:
--   dataset (code datasets): name of the data set; imports where only the last import tells
--   latest (date): its newest day up to the as-of date
--   told (date): the newest one that files tell, or people who enter them day after day; null where people entered a few of all
--   tells_until (date): that day, else the newest one: what is after it is not known
--   age_days (days): days from the newest day to the as-of date
--   is_stale (flag): over two weeks old; of usage by month or week over two weeks after its next period
--   opens_on (date): the as-of date; where the newest day that is told, or entered where none is told, is over two weeks older, that day
with known as (
    select
        dataset,
        latest,
        told,
        tells_until,
        is_stale,
    from reach
    union all
    select
        'imports' as dataset,
        max(imported_at)::date as latest,
        max(imported_at)::date as told,
        max(imported_at)::date as tells_until,
        is_stale(max(imported_at)::date, $as_of) as is_stale,
    from tend.imports
    where undone_at is null and imported_at::date <= $as_of and not exists (from reach)
    having count(*) > 0
),

files as (
    select count(told) > 0 as tell,
    from known
),

-- a word that is entered today makes old files no younger
counted as (
    select
        known.*,
        if(files.tell, told, latest) as day,
    from known
    cross join files
),

newest as (
    select
        max(day) as day,
        -- usage alone is awaited by its own period
        if(
            bool_and(dataset = 'usage') filter (where day is not null),
            bool_or(is_stale) filter (where dataset = 'usage'),
            is_stale(max(day), $as_of)
        ) as is_old,
    from counted
)

select
    counted.dataset,
    counted.latest,
    counted.told,
    counted.tells_until,
    $as_of - counted.latest as age_days,
    counted.is_stale,
    if(newest.is_old, newest.day, $as_of) as opens_on,
from counted
cross join newest
order by counted.latest desc, counted.dataset
