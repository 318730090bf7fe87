-- question: Which renewals were decided since the last meeting, and how?
-- grain: one row
-- parameters:
--   first_day: the last meeting
-- columns:
--   renewed (count): contracts open on that day and renewed since
--   renewed_arr (money): their ARR
--   lost (count): contracts open on that day and lost since
--   lost_arr (money): their ARR
--   quarter_renewed (count): of the renewed those that end in the quarter of the as-of date
--   quarter_lost (count): of the lost those that end in it
with since as (
    select
        listed.*,
        date_trunc('quarter', listed.end_date) = date_trunc('quarter', $as_of) as is_of_quarter,
    from renewal_list($filters, null, null) as listed
    inner join fates([since_day($first_day, null, $as_of)]) as fates
        on listed.contract_id = fates.contract_id
    where fates.fate = 'open' and not listed.is_open
)

select
    count(*) filter (where outcome <> 'lost') as renewed,
    coalesce(sum(arr) filter (where outcome <> 'lost'), 0) as renewed_arr,
    count(*) filter (where outcome = 'lost') as lost,
    coalesce(sum(arr) filter (where outcome = 'lost'), 0) as lost_arr,
    count(*) filter (where outcome <> 'lost' and is_of_quarter) as quarter_renewed,
    count(*) filter (where outcome = 'lost' and is_of_quarter) as quarter_lost,
from since
