-- question: Which customers stand in a cell of the SOP matrix, since when, and what is open?
-- grain: one row per customer with a contract in force; where those no longer in force are asked for, per such customer
-- key: customer_id
-- parameters:
--   first_day: the earlier day that movement is held against; null: a month before the as-of date
--   scale (code values, optional): only this scale, null for all
--   satisfaction (code satisfaction, optional): only this satisfaction; "unknown" for those no longer in force; null for all in force
--   was (code satisfaction, optional): only this satisfaction on the earlier day; "unknown" for those not in force then; null for all
--   potential (text, optional): only this potential, "unknown" for those of none; null for all
--   went (code, optional): only those that went this way, null for all
-- columns:
--   customer_id (text): the customer
--   customer_name (text): its name
--   scale (code values): large, mid, small or unknown
--   satisfaction (code satisfaction): satisfied, neutral, critical or not_asked
--   was (code satisfaction): its satisfaction on the earlier day; null: not in force then
--   went (code service.directions): rise, fall, stay, asked (first answer), lapsed (answers over 12 months old) or new
--   arr (money): ARR of its contracts, workspace currency
--   nps_mean (number): mean of each respondent's latest NPS within 12 months
--   csat_share (rate): where nobody gave an NPS: share of satisfied CSAT answers
--   answered_on (date): day of the latest answer within 12 months
--   csm (label): customer success manager
--   account_manager (text): account manager
--   potential (text): as the file gives it
--   open_steps (count): steps of the SOP started and not done
--   overdue_steps (count): of them past their day
--   is_started (flag): the SOP of the cell it stands in was started
--   last_touch (date): day of the last touch
--   days_left (days): days to the end of its next open contract
with later as (
    select *,
    from sop_cells($as_of, null, $filters)
),

before as (
    select *,
    from
        sop_cells(
            coalesce($first_day, ($as_of - interval 1 month)::date), null, $filters
        )
),

moved as (
    select
        coalesce(later.customer_id, before.customer_id) as customer_id,
        coalesce(later.customer_name, before.customer_name) as customer_name,
        coalesce(later.scale, before.scale) as scale,
        later.satisfaction,
        before.satisfaction as was,
        satisfaction_move(before.satisfaction, later.satisfaction) as went,
        coalesce(later.arr, before.arr) as arr,
        later.nps_mean,
        later.csat_share,
        later.answered_on,
        coalesce(later.csm, before.csm) as csm,
        coalesce(later.account_manager, before.account_manager) as account_manager,
        coalesce(later.potential, before.potential) as potential,
    from later
    full join before on later.customer_id = before.customer_id
)

select
    moved.*,
    coalesce(steps.open_steps, 0) as open_steps,
    coalesce(steps.overdue_steps, 0) as overdue_steps,
    coalesce(
        list_contains(steps.started, moved.scale || '/' || moved.satisfaction), false
    ) as is_started,
    touches.last_touch,
    next_ends.days_left,
from moved
left join started_steps as steps on moved.customer_id = steps.customer_id
left join last_touches as touches on moved.customer_id = touches.customer_id
left join next_renewals(null) as next_ends on moved.customer_id = next_ends.customer_id
where
    ($scale is null or moved.scale = $scale)
    and coalesce(
        coalesce(moved.satisfaction, 'unknown') = $satisfaction, moved.satisfaction is not null
    )
    and ($was is null or coalesce(moved.was, 'unknown') = $was)
    and ($potential is null or coalesce(moved.potential, 'unknown') = $potential)
    and ($went is null or moved.went = $went)
order by moved.arr desc, moved.customer_id
