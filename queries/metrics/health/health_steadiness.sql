-- question: How steady is the definition: how many customers move in a month, and how many of those moves are undone in the next?
-- grain: one row
-- columns:
--   months (count): of the last 12 month ends those at which anybody could be held against the month end before
--   compared (count): customers with a quadrant at both, added up over the months
--   moved (count): of them those that stood in another quadrant
--   moved_rate (rate): moved / compared: share of customers that move in a month
--   followed (count): of the moves those with a quadrant at the month end after as well
--   returned (count): of these those that were back by then where they came from
--   returned_rate (rate): returned / followed
with months as (
    select
        customer_id,
        month,
        quadrant,
    from months_in_scope($filters)
    where month <= $as_of and quadrant is not null
),

pairs as (
    select
        later.month,
        before.quadrant as from_quadrant,
        later.quadrant,
        after.quadrant as then_quadrant,
    from months as later
    inner join months as before
        on
            later.customer_id = before.customer_id
            and (date_trunc('month', later.month) - interval 1 day)::date = before.month
    left join months as after
        on
            later.customer_id = after.customer_id
            and last_day((later.month + interval 1 day)::date) = after.month
    where later.month > last_day((month_end_by($as_of) - interval 12 month)::date)
),

counted as (
    select
        count(distinct month) as months,
        count(*) as compared,
        count(*) filter (where quadrant != from_quadrant) as moved,
        count(then_quadrant) filter (where quadrant != from_quadrant) as followed,
        count(*) filter (
            where quadrant != from_quadrant and then_quadrant = from_quadrant
        ) as returned,
    from pairs
)

select
    months,
    compared,
    moved,
    moved / nullif(compared, 0) as moved_rate,
    followed,
    returned,
    returned / nullif(followed, 0) as returned_rate,
from counted
