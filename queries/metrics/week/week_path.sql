-- question: How far has the quarter come, and how far had finished ones come on the same day of theirs?
-- grain: one row; none where no quarter is finished, or nothing ends in this one
-- parameters:
--   first_day: first day of the window of end dates, null for no limit
-- columns:
--   quarter (period): the quarter of the as-of date
--   contracts (count): contracts of it that are known
--   renewed (count): of them renewed
--   renewed_share (rate): renewed / contracts
--   usual_renewed_share (rate): median of the same share on the same day of the finished quarters: the same month of the quarter and the same day of it, on a month's last day its last day
--   count_finished (count): how many finished quarters that is
with due as (
    select
        *,
        (
            date_trunc('quarter', quarter_end)
            + to_months(datediff('month', date_trunc('quarter', $as_of), $as_of)::integer)
        )::date as month,
    from quarters_due($filters, $first_day, $last_day, $as_of)
),

-- a month end is held against month ends, as the quarters of Renewals are
seen as (
    select
        quarter,
        is_open,
        $as_of between date_trunc('quarter', quarter_end) and quarter_end as is_current,
        fate(
            if(
                $as_of = last_day($as_of),
                last_day(month),
                least(month + day($as_of)::integer - 1, last_day(month))
            ),
            known_from,
            given_lost_from,
            renewed_from,
            lost_from,
            seemed_from,
            seemed_until
        ) as fate,
    from due
),

quarters as (
    select
        quarter,
        is_open,
        is_current,
        count(*) as contracts,
        count(*) filter (where fate = 'renewed') as renewed,
        count(*) filter (where fate = 'renewed') / count(*) as renewed_share,
    from seen
    where fate is not null
    group by quarter, is_open, is_current
),

usual as (
    select
        median(renewed_share) as usual_renewed_share,
        count(*) as count_finished,
    from quarters
    where not is_open
    having count(*) > 0
)

select
    quarters.quarter,
    quarters.contracts,
    quarters.renewed,
    quarters.renewed_share,
    usual.usual_renewed_share,
    usual.count_finished,
from quarters
cross join usual
where quarters.is_current
