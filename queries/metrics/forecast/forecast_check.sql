-- question: Did earlier forecasts come true?
-- grain: one row per lead in months and month of end dates that is over, of the last 36
-- key: lead, month_end
-- parameters:
--   first_day: first day of the window of end dates, null for no limit
-- columns:
--   lead (months): how many month ends before the month's own the forecast was made: 1, 3 or 6
--   month (period): the month of end dates, like 2024-03
--   month_end (date): its last day
--   made_on (date): the day of the forecast; only what was known then is used
--   contracts (count): contracts open on that day whose end lies in the month
--   arr (money): their ARR
--   expected_arr (money): sum of probability x ARR, as of that day
--   low (money): lower bound of the 80 % interval
--   high (money): upper bound
--   came_arr (money): ARR of those that were renewed
--   expected_renewed (number): sum of probabilities
--   renewed (count): contracts that were renewed
--   open (count): contracts that are still undecided
--   is_inside (flag): whether what came lies in the interval; null while contracts are undecided
--   months_checked (count): months of this lead with everything decided
--   months_inside (count): of them inside the interval
--   coverage (rate): months_inside / months_checked
--   coverage_low (rate): lower bound of its Wilson 95 % interval
--   coverage_high (rate): upper bound
--   months_below (count): months of this lead in which less came than the interval's lower bound
--   months_above (count): months in which more came than its upper bound
with chosen as (
    select
        made.*,
        sum(made.arr) over (partition by made.lead, made.month_end, made.pool) as pool_arr,
    from forecasts_made($as_of, [1, 3, 6]) as made
    inner join segments(null, null, $filters) as scope on made.contract_id = scope.contract_id
    where
        in_window(made.end_date, $first_day, $last_day)
),

months as (
    select
        lead,
        month_end,
        day as made_on,
        count(*) as contracts,
        sum(arr) as arr,
        moments_of(odds, arr, pool_arr) as moments,
        coalesce(sum(arr) filter (where is_renewed), 0) as came_arr,
        sum(chance) as expected_renewed,
        count(*) filter (where is_renewed) as renewed,
        count(*) filter (where not is_decided) as open,
    from chosen
    group by lead, month_end, day
),

held as (
    select
        *,
        low_of(moments) as low,
        high_of(moments) as high,
        -- a bound and a sum of the same amounts may differ in their last digits
        case
            when open = 0 then came_arr between low - 1e-6 and high + 1e-6
        end as is_inside,
    from months
),

covered as (
    select
        lead,
        count(is_inside) as months_checked,
        count(*) filter (where is_inside) as months_inside,
        count(*) filter (where not is_inside and came_arr < low) as months_below,
        count(*) filter (where not is_inside and came_arr > high) as months_above,
    from held
    group by lead
)

select
    held.lead,
    strftime(held.month_end, '%Y-%m') as month,
    held.month_end,
    held.made_on,
    held.contracts,
    held.arr,
    held.moments.expected as expected_arr,
    held.low,
    held.high,
    held.came_arr,
    held.expected_renewed,
    held.renewed,
    held.open,
    held.is_inside,
    covered.months_checked,
    covered.months_inside,
    covered.months_inside / nullif(covered.months_checked, 0) as coverage,
    wilson_low(covered.months_inside, covered.months_checked) as coverage_low,
    wilson_high(covered.months_inside, covered.months_checked) as coverage_high,
    covered.months_below,
    covered.months_above,
from held
inner join covered on held.lead = covered.lead
order by held.lead, held.month_end
