-- One row per customer and data set of what customers do and people do for them, with facts up to the as-of date: its first
-- and its newest day, the newest that files tell, and the days that only people have entered.
-- follows: customer_id beside stg_sheets
with entries as (
    select distinct import_id,
    from tend.stg_sheets
    where origin = 'entry'
),

told as (
    select
        'touches' as dataset,
        customer_id,
        touched_on as day,
        sources,
    from tend.stg_touches
    union all
    select
        'stages' as dataset,
        customer_id,
        entered_on as day,
        sources,
    from tend.stg_stages
    union all
    select
        'surveys' as dataset,
        customer_id,
        answered_on as day,
        sources,
    from tend.stg_surveys
    union all
    select
        'tickets' as dataset,
        customer_id,
        opened_on as day,
        sources,
    from tend.stg_tickets
),

by_source as (
    select
        * exclude (sources),
        unnest(sources)['import_id'] as import_id,
    from told
    where day <= $as_of
),

days as (
    select
        by_source.dataset,
        by_source.customer_id,
        by_source.day,
        bool_or(entries.import_id is null) as is_of_file,
    from by_source
    left join entries on by_source.import_id = entries.import_id
    group by by_source.dataset, by_source.customer_id, by_source.day
)

select
    dataset,
    customer_id,
    min(day) as first_day,
    max(day) as latest,
    max(day) filter (where is_of_file) as in_files,
    list(day order by day) filter (where not is_of_file) as entered,
from days
group by dataset, customer_id
