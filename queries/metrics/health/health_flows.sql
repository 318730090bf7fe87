-- question: How many customers rose and fell each month?
-- grain: one row per month
-- key: month
-- columns:
--   month (month): the month end
--   customers (count): customers in force
--   risen (count): customers in a better quadrant than a month before
--   fallen (count): customers in a worse one
--   mixed (count): one score better, the other worse
--   fallen_arr (money): ARR of the fallen
--   healthy (count): customers with a healthy outcome
--   average (count): customers with an average outcome
--   at_risk (count): customers with an outcome at risk
--   unknown (count): customers without an outcome score
with months as (
    select
        later.*,
        -- who was not in the filters a month before is new in them (D6)
        direction_of(before.quadrant, later.quadrant) as direction,
    from months_in_scope($filters) as later
    left join months_in_scope($filters) as before
        on
            later.customer_id = before.customer_id
            and (date_trunc('month', later.month) - interval 1 day)::date = before.month
    where
        later.month <= $as_of
        and in_window(later.month, $first_day, $last_day)
)

select
    month,
    count(*) as customers,
    count(*) filter (where direction = 'rise') as risen,
    count(*) filter (where direction = 'fall') as fallen,
    count(*) filter (where direction = 'mixed') as mixed,
    coalesce(sum(arr) filter (where direction = 'fall'), 0) as fallen_arr,
    count(*) filter (where outcome_level = 2) as healthy,
    count(*) filter (where outcome_level = 1) as average,
    count(*) filter (where outcome_level = 0) as at_risk,
    count(*) filter (where outcome_level is null) as unknown,
from months
group by month
order by month
