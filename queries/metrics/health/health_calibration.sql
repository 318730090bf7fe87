-- question: Does a higher score mean a higher renewal rate?
-- grain: one row per fifth of the decided contracts, by the mean of both scores 90 days before the end
-- key: fifth
-- parameters:
--   first_day: first day of the window of end dates, null for no limit
-- columns:
--   fifth (ordinal): 1 (lowest scores) to 5
--   score_from (number): lowest score in it
--   score_to (number): highest score in it
--   contracts (count): decided contracts
--   renewed (count): of them renewed
--   rate (rate): renewed / contracts
--   rate_low (rate): lower bound of the Wilson 95 % interval
--   rate_high (rate): upper bound
with chosen as (
    select foretold.*,
    from foretold($as_of) as foretold
    inner join segments(null, null, $filters) as scope on foretold.contract_id = scope.contract_id
    where
        foretold.score is not null
        and in_window(foretold.end_date, $first_day, $last_day)
),

whole as (
    select count(*) as count_contracts,
    from chosen
),

fifths as (
    select
        *,
        fifth_upwards(rank() over (order by score), count_contracts) as fifth,
    from chosen
    cross join whole
)

select
    fifth,
    min(score) as score_from,
    max(score) as score_to,
    count(*) as contracts,
    count(*) filter (where is_renewed) as renewed,
    count(*) filter (where is_renewed) / count(*) as rate,
    wilson_low(count(*) filter (where is_renewed), count(*)) as rate_low,
    wilson_high(count(*) filter (where is_renewed), count(*)) as rate_high,
from fifths
group by fifth
order by fifth
