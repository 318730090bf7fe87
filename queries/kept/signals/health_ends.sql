-- One row per day that is read: the days to which usage and touches are told by then. Where the newest row of all is
-- stale, the file ends there, and windows end with it: of a month that is not in yet nothing follows (M36). Null where
-- none of the 90 days is told.
with days as (
    select distinct day,
    from health_points
),

periods as (
    select distinct period_end,
    from tend.main.stg_usage
),

touched as (
    select distinct touched_on,
    from tend.main.stg_touches
)

select
    days.day,
    told_until(periods.period_end, days.day) as usage_day,
    told_until(touched.touched_on, days.day) as touch_day,
from days
asof left join periods on days.day >= periods.period_end
asof left join touched on days.day >= touched.touched_on
