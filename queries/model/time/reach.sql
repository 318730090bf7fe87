-- One row per data set of what customers do and people do for them, with facts up to the as-of date: its first and its
-- newest day then (M36). A period of usage that runs on the as-of date reaches up to it; what is planned is no news.
with days as (
    select
        'usage' as dataset,
        period_start as first_day,
        least(period_end, $as_of) as latest,
    from tend.stg_usage
    union all
    select
        'touches' as dataset,
        touched_on as first_day,
        touched_on as latest,
    from tend.stg_touches
    union all
    select
        'stages' as dataset,
        entered_on as first_day,
        entered_on as latest,
    from tend.stg_stages
    union all
    select
        'surveys' as dataset,
        answered_on as first_day,
        answered_on as latest,
    from tend.stg_surveys
    union all
    select
        'tickets' as dataset,
        opened_on as first_day,
        opened_on as latest,
    from tend.stg_tickets
)

select
    dataset,
    min(first_day) as first_day,
    max(latest) as latest,
    is_stale(max(latest), $as_of) as is_stale,
from days
where first_day <= $as_of and latest <= $as_of
group by dataset
