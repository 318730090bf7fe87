-- question: How much ARR is to be expected from the open contracts, and how sure is that?
-- grain: one row per month of the end date, or one row for all
-- key: segment
-- grouped by: dimensions, month, quarter
-- parameters:
--   first_day: first day of the window of end dates, null for no limit
-- columns:
--   segment (label): month of the end date, as in 2026-03, or all
--   contracts (count): contracts due or overdue
--   arr (money): their ARR
--   expected_arr (money): sum of probability x ARR
--   low (money): lower bound of the 80 % interval of the sum of outcomes, the chances themselves in doubt as far as few cases tell them
--   high (money): upper bound
--   other_currencies (text): yearly amounts in currencies without a rate, left out of every sum
--   marked_contracts (count): of the contracts those due with a mark as lost or terminated (B8)
--   marked_arr (money): their ARR; none of it is expected (M31)
--   expected_rate (rate): expected_arr / arr
--   overdue (count): of the contracts those overdue
--   overdue_arr (money): their ARR
--   called (count): contracts with a CSM's call
--   at_odds (count): contracts on which call and model say the opposite
--   committed_arr (money): ARR of those with the call "commit"
--   doubted_arr (money): ARR of those with the call "at risk"
--   given_up_arr (money): ARR of those with the call "lost"
--   uncalled_arr (money): ARR of those without a call
with chosen as (
    select
        chances.*,
        calls_now.call,
        scope.segment,
        sum(chances.arr) over (partition by scope.segment, chances.pool) as pool_arr,
    from chances_now() as chances
    inner join
        segments($group_by, null, $filters) as scope
        on chances.contract_id = scope.contract_id
    left join calls_now on chances.contract_id = calls_now.contract_id
    where
        in_window(chances.end_date, $first_day, $last_day)
),

foreign_amounts as (
    select
        segment,
        amounts_apart(list({currency: currency, amount: annual_amount})) as other_currencies,
    from chosen
    where arr is null
    group by segment
),

totals as (
    select
        segment,
        count(*) as contracts,
        sum(arr) as arr,
        moments_of(odds, arr, pool_arr) as moments,
        count(*) filter (where is_marked_lost) as marked_contracts,
        coalesce(sum(arr) filter (where is_marked_lost), 0) as marked_arr,
        count(*) filter (where outcome = 'overdue') as overdue,
        coalesce(sum(arr) filter (where outcome = 'overdue'), 0) as overdue_arr,
        count(call) as called,
        count(*) filter (where is_at_odds(call, chance)) as at_odds,
        coalesce(sum(arr) filter (where call = 'commit'), 0) as committed_arr,
        coalesce(sum(arr) filter (where call = 'at_risk'), 0) as doubted_arr,
        coalesce(sum(arr) filter (where call = 'lost'), 0) as given_up_arr,
        coalesce(sum(arr) filter (where call is null), 0) as uncalled_arr,
    from chosen
    group by segment
)

select
    totals.segment,
    totals.contracts,
    totals.arr,
    totals.moments.expected as expected_arr,
    low_of(totals.moments) as low,
    high_of(totals.moments) as high,
    foreign_amounts.other_currencies,
    totals.marked_contracts,
    totals.marked_arr,
    totals.moments.expected / nullif(totals.arr, 0) as expected_rate,
    totals.overdue,
    totals.overdue_arr,
    totals.called,
    totals.at_odds,
    totals.committed_arr,
    totals.doubted_arr,
    totals.given_up_arr,
    totals.uncalled_arr,
from totals
left join foreign_amounts on totals.segment = foreign_amounts.segment
order by totals.segment
