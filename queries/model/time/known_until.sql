-- One row: the day up to which the data speak: the as-of date, or the newest day of all where all are stale by then (M36).
select if(coalesce(bool_and(is_stale), false), max(latest), $as_of) as day,
from reach
