-- question: Of contracts that were given a chance of 80 %, did 80 % renew?
-- grain: one row per tenth of the chance given three month ends before the month of the end
-- key: chance_from
-- parameters:
--   first_day: first day of the window of end dates, null for no limit
-- columns:
--   chance_from (rate): lower bound of the tenth, a fraction of 1
--   chance_to (rate): upper bound
--   contracts (count): decided contracts with such a chance
--   expected_rate (rate): mean of their chances
--   renewed (count): of them renewed
--   rate (rate): renewed / contracts
--   rate_low (rate): lower bound of the Wilson 95 % interval
--   rate_high (rate): upper bound
--   is_as_expected (flag): whether the interval holds the mean of the chances
--   is_few_cases (flag): fewer than 10 contracts
with chosen as (
    select
        made.*,
        tenth_of(made.chance) as chance_from,
    from forecasts_made($as_of, [3]) as made
    inner join segments(null, null, $filters) as scope on made.contract_id = scope.contract_id
    where
        made.is_decided
        and in_window(made.end_date, $first_day, $last_day)
),

counted as (
    select
        chance_from,
        count(*) as contracts,
        -- added up in one order: in another the last digit differs
        avg(chance order by contract_id) as expected_rate,
        count(*) filter (where is_renewed) as renewed,
    from chosen
    group by chance_from
)

select
    chance_from,
    round(chance_from + 0.1, 1) as chance_to,
    contracts,
    expected_rate,
    renewed,
    renewed / nullif(contracts, 0) as rate,
    wilson_low(renewed, contracts) as rate_low,
    wilson_high(renewed, contracts) as rate_high,
    expected_rate between wilson_low(renewed, contracts) and wilson_high(renewed, contracts)
        as is_as_expected,
    is_few(contracts) as is_few_cases,
from counted
order by chance_from
