-- question: When was the last meeting, from which changes are told?
-- grain: one row
-- columns:
--   meeting (date): the newest day before the as-of date that was marked as held, if within 35 days; else the Monday before
--   is_held (flag): it was marked as held
--   held_today (flag): a meeting is marked as held on the as-of date
with held as (
    select
        -- a month's meeting and some days; of an older one nobody asks any more what changed since
        max(decided_on) filter (where decided_on < $as_of and decided_on >= $as_of - 35) as day,
        coalesce(bool_or(decided_on = $as_of), false) as held_today,
    from meeting_notes
    where kind = 'meeting' and state = 'open'
)

select
    -- on a Monday the one before: its meeting is still to come
    coalesce(day, $as_of - ((isodow($as_of) + 5) % 7 + 1)::integer) as meeting,
    day is not null as is_held,
    held_today,
from held
