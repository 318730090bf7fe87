-- question: Where are we not renewing, by any two dimensions?
-- grain: one row per segment and split
-- key: segment, split
-- grouped by: dimensions
-- parameters:
--   split_by: the second dimension, month or quarter among them; null gives quarters of the end date
-- columns:
--   segment (label): label in the dimension
--   split (label): label in the second one, such as 2024-Q1
--   contracts (count): contracts whose end date is in the window
--   renewed (count): of them renewed, on time, late or early
--   lost (count): marked lost, or grace is over
--   overdue (count): ended, in grace, no successor yet
--   due (count): end date ahead
--   decided (count): renewed + lost
--   due_arr (money): ARR of decided contracts
--   renewed_arr (money): ARR of their successors
--   contract_renewal_rate (rate): renewed / (renewed + lost)
--   net_renewal_rate (rate): renewed_arr / due_arr
--   is_few_cases (flag): fewer than 10 decided
--   is_open (flag): contracts of it are undecided, or its quarter or month is not over at the as-of date
--   segment_place (ordinal): 1 for the segment with the most contracts (of equals the most due ARR), then 2
--   split_place (ordinal): the same of the split; periods go by time
with cells as (
    select
        *,
        coalesce($split_by, 'quarter') as split_by,
    from
        renewal_measures(
            $group_by, coalesce($split_by, 'quarter'), $filters, $first_day, $last_day
        )
),

-- a contract without an end is of no period, but of every other dimension (D4)
placed as (
    select
        *,
        split_by in ('month', 'quarter') as is_period,
        case split_by
            when 'quarter' then split >= year($as_of) || '-Q' || quarter($as_of)
            when 'month' then split >= strftime($as_of, '%Y-%m')
            else false
        end as is_ahead,
    from cells
    where split <> 'unknown' or split_by not in ('month', 'quarter')
),

segment_places as (
    select
        segment,
        row_number()
            over (order by sum(contracts) desc, sum(due_arr) desc, segment)
            as segment_place,
    from placed
    group by segment
),

split_places as (
    select
        split,
        row_number()
            over (
                order by
                    if(any_value(is_period), 0, sum(contracts)) desc,
                    if(any_value(is_period), 0, sum(due_arr)) desc,
                    split
            )
            as split_place,
    from placed
    group by split
)

select
    placed.segment,
    placed.split,
    placed.contracts,
    placed.renewed,
    placed.lost,
    placed.overdue,
    placed.due,
    placed.decided,
    placed.due_arr,
    placed.renewed_arr,
    placed.contract_renewal_rate,
    placed.net_renewal_rate,
    placed.is_few_cases,
    placed.open > 0 or placed.is_ahead as is_open,
    segment_places.segment_place,
    split_places.split_place,
from placed
inner join segment_places on placed.segment = segment_places.segment
inner join split_places on placed.split = split_places.split
order by placed.segment, split_places.split_place
