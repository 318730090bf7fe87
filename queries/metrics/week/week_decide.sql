-- question: How many things wait for a decision?
-- grain: one row per kind, and one for all
-- key: kind
-- parameters:
--   first_day: the last meeting
-- columns:
--   kind (code week.kinds): critical, marked_lost, contradiction, stale, all
--   things (count): customers, contracts, contradictions or data sets that wait
--   arr (money): ARR of the customers and contracts, contradictions left out
--   things_new (count): of them those that did not yet wait on that day; null where no day tells it
with found as (
    select *,
    from to_decide($filters, since_day($first_day, null, $as_of), $as_of)
),

kinds as (
    select unnest(['critical', 'marked_lost', 'contradiction', 'stale', 'all']) as kind,
),

counted as (
    select
        coalesce(kind, 'all') as kind,
        count(*) as things,
        -- what rows gainsay is no amount of its own
        coalesce(sum(arr) filter (where kind <> 'contradiction'), 0) as arr,
        count(*) filter (where is_new) as things_new,
    from found
    group by grouping sets ((kind), ())
)

select
    kinds.kind,
    coalesce(counted.things, 0) as things,
    coalesce(counted.arr, 0) as arr,
    if(kinds.kind = 'marked_lost', null, coalesce(counted.things_new, 0)) as things_new,
from kinds
left join counted on kinds.kind = counted.kind
order by list_position(['critical', 'marked_lost', 'contradiction', 'stale', 'all'], kinds.kind)
