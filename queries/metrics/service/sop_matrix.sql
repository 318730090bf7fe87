-- question: Which customers stand in which cell of scale and satisfaction, and are its steps done?
-- grain: one row per scale and satisfaction with customers in force; with a grouping per segment, too
-- key: segment, scale, satisfaction
-- grouped by: dimensions, potential
-- parameters:
--   group_by: potential is the third axis
-- columns:
--   scale (code values): large, mid, small or unknown
--   satisfaction (code satisfaction): satisfied, neutral, critical or not_asked
--   customers (count): customers with a contract in force; each stands in one cell
--   arr (money): ARR of these contracts, workspace currency
--   open_steps (count): steps of the SOP started for these customers and not done
--   overdue_steps (count): of them past their day and not put off
--   segment (label): label in the grouping
--   overdue_arr (money): of the ARR, contracts overdue
--   answers (count): respondents with an NPS in the 12 months
--   promoters (count): of them 9 and more
--   detractors (count): of them 6 and less
--   nps (nps): % promoters - % detractors; null without answers
--   started (count): customers for which the SOP of the cell they stand in was started
--   other_currencies (text): yearly amounts in currencies without a rate, left out of every sum
with cells as (
    select *,
    from sop_cells($as_of, $group_by, $filters)
),

foreign_amounts as (
    select
        cells.segment,
        cells.scale,
        cells.satisfaction,
        amounts_apart(list({currency: contracts.currency, amount: contracts.annual_amount}))
            as other_currencies,
    from cells
    inner join arr_spans on cells.customer_id = arr_spans.customer_id
    inner join contracts on arr_spans.contract_id = contracts.contract_id
    inner join
        segments(nullif($group_by, 'potential'), null, $filters) as scope
        on contracts.contract_id = scope.contract_id
    where
        contracts.arr is null
        and contracts.annual_amount is not null
        and $as_of between arr_spans.first_day and arr_spans.last_day
        and ($group_by = 'potential' or scope.segment = cells.segment)
    group by cells.segment, cells.scale, cells.satisfaction
)

select
    cells.scale,
    cells.satisfaction,
    count(*) as customers,
    sum(cells.arr) as arr,
    coalesce(sum(steps.open_steps), 0)::bigint as open_steps,
    coalesce(sum(steps.overdue_steps), 0)::bigint as overdue_steps,
    cells.segment,
    sum(cells.overdue_arr) as overdue_arr,
    sum(cells.answers)::bigint as answers,
    sum(cells.promoters)::bigint as promoters,
    sum(cells.detractors)::bigint as detractors,
    nps_of(sum(cells.promoters), sum(cells.detractors), sum(cells.answers)) as nps,
    count(*) filter (
        where list_contains(steps.started, cells.scale || '/' || cells.satisfaction)
    ) as started,
    any_value(foreign_amounts.other_currencies) as other_currencies,
from cells
left join started_steps as steps on cells.customer_id = steps.customer_id
left join foreign_amounts
    on
        cells.segment = foreign_amounts.segment
        and cells.scale = foreign_amounts.scale
        and cells.satisfaction = foreign_amounts.satisfaction
group by cells.segment, cells.scale, cells.satisfaction
order by
    cells.segment,
    scale_place(cells.scale),
    satisfaction_place(cells.satisfaction)
