-- question: Which customers does nobody look after, and for which reasons?
-- grain: one row per customer that is not touched this month, has no CSM, or whose renewal stands too long
-- key: customer_id
-- columns:
--   customer_id (text): the customer
--   customer_name (text): its name
--   arr (money): ARR of its contracts
--   reasons (list of code week.uncovered): no_csm, untouched, stage_over
--   csm (label): the customer's, "unknown" for none
--   days_since_touch (days): days since the last touch; null: never touched
--   stage (code stages): the stage that takes too long
--   days_over (days): how many days over its limit
--   days_left (days): days to the end of its next contract
--   outcome_state (code states): healthy, average, at_risk or unknown, at the last month end
with stuck as (
    select
        listed.customer_id,
        any_value(listed.customer_name) as customer_name,
        coalesce(any_value(listed.csm), 'unknown') as csm,
        sum(listed.arr) as arr,
        max_by(standing.stage, standing.days_in_stage - standing.limit_days) as stage,
        max(standing.days_in_stage - standing.limit_days) as days_over,
        min(listed.days_left) as days_left,
    from renewal_list($filters, null, null) as listed
    inner join stage_standing as standing on listed.contract_id = standing.contract_id
    where standing.is_over_limit
    group by listed.customer_id
)

select
    coalesce(stands.customer_id, stuck.customer_id) as customer_id,
    coalesce(stands.customer_name, stuck.customer_name) as customer_name,
    coalesce(stands.arr, stuck.arr) as arr,
    list_filter(
        [
            if(coalesce(stands.csm, stuck.csm) = 'unknown', 'no_csm', null),
            if(not stands.is_touched, 'untouched', null),
            if(stuck.customer_id is null, null, 'stage_over')
        ],
        lambda reason: reason is not null
    ) as reasons,
    coalesce(stands.csm, stuck.csm) as csm,
    stands.days_since_touch,
    stuck.stage,
    stuck.days_over,
    coalesce(stands.days_left, stuck.days_left) as days_left,
    coalesce(stands.outcome_state, 'unknown') as outcome_state,
from customer_stands($filters, $as_of) as stands
full join stuck on stands.customer_id = stuck.customer_id
where
    not coalesce(stands.is_touched, true)
    or stuck.customer_id is not null
    or stands.csm = 'unknown'
order by arr desc nulls last, customer_id
