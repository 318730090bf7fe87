-- question: Which customers stand in a cell of the SOP matrix, since when, and what is open?
-- grain: one row per customer with a contract in force
-- key: customer_id
-- parameters:
--   first_day: the earlier day that movement is held against; null: a month before the as-of date
--   scale (code values, optional): only this scale, null for all
--   satisfaction (code satisfaction, optional): only this satisfaction, null for all
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
    select
        customer_id,
        satisfaction,
    from
        sop_cells(
            coalesce($first_day, ($as_of - interval 1 month)::date), null, $filters
        )
)

select
    later.customer_id,
    later.customer_name,
    later.scale,
    later.satisfaction,
    before.satisfaction as was,
    satisfaction_move(before.satisfaction, later.satisfaction) as went,
    later.arr,
    later.nps_mean,
    later.csat_share,
    later.answered_on,
    later.csm,
    later.account_manager,
    later.potential,
    coalesce(steps.open_steps, 0) as open_steps,
    coalesce(steps.overdue_steps, 0) as overdue_steps,
    coalesce(
        list_contains(steps.started, later.scale || '/' || later.satisfaction), false
    ) as is_started,
    touches.last_touch,
    next_ends.days_left,
from later
left join before on later.customer_id = before.customer_id
left join started_steps as steps on later.customer_id = steps.customer_id
left join last_touches as touches on later.customer_id = touches.customer_id
left join next_renewals(null) as next_ends on later.customer_id = next_ends.customer_id
where
    ($scale is null or later.scale = $scale)
    and ($satisfaction is null or later.satisfaction = $satisfaction)
    and ($went is null or satisfaction_move(before.satisfaction, later.satisfaction) = $went)
order by later.arr desc, later.customer_id
