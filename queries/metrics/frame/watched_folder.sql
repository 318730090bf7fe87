-- question: How many files came in by the watched folder in a window, and how many wait for a person?
-- grain: one row
-- columns:
--   taken_in (count): files that came in the window and are in
--   waits (count): files that wait for an answer, whenever they came
--   refused (count): files that came in the window and were refused
--   files (count): files that came up to the as-of date
select
    count(*) filter (where state = 'in' and is_fresh) as taken_in,
    count(*) filter (where state = 'waits') as waits,
    count(*) filter (where state = 'refused' and is_fresh) as refused,
    count(*) as files,
from (
    select
        state,
        arrived_at::date >= coalesce($first_day, arrived_at::date) as is_fresh,
    from watched
)
