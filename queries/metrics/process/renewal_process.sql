-- question: Where does each renewal stand, since when, and is that too long?
-- grain: one row per contract that is due within the days in which it is to be started, overdue, or has a stage; and per contract decided within 30 days before the as-of date
-- key: contract_id
-- parameters:
--   first_day: first day of the window of end dates, null for no limit
-- columns:
--   contract_id (text): the contract
--   customer_id (text): its customer
--   customer_name (text): the customer's name
--   stage (code stages): not_started, start, plan, quote, commercial, deferred, renewed, lost or other
--   stage_text (text): the stage as files or people say it
--   since (date): the day it was entered; for not_started the day it was to be started
--   days_in_stage (days): days since then
--   limit_days (days): days it may stay there, by tier; null where there is no limit
--   is_over_limit (flag): whether it has stayed longer
--   days_over (days): how much longer
--   end_date (date): last day in force
--   days_left (days): end date - as-of date
--   outcome (code outcomes): due, overdue, or how it was decided
--   arr (money): its ARR
--   expected_amount (money): as files or people expect it
--   probability (rate): chance to renew, as in renewal_forecast; null once decided
--   note (text): the newest note
--   quadrant (ordinal): the customer's at the last month end
--   outcome_state (code states): healthy, average, at_risk or unknown
--   csm (label): the customer's
--   tier (label): the customer's
--   last_touch (date): the day of the last touch
--   stage_contracts (count): contracts in the same stage
--   stage_arr (money): their ARR
--   count_over_limit (count): contracts over their limit, in all stages
--   over_limit_arr (money): their ARR
--   is_marked_lost (flag): due with its end ahead, and marked as lost or terminated all the same (B8)
with judged as (
    select
        renewals.*,
        customers.customer_name,
        customers.csm,
        standing.tier,
        standing.stage,
        standing.stage_text,
        standing.note,
        standing.expected_amount,
        standing.since,
        standing.days_in_stage,
        standing.limit_days,
        standing.is_over_limit,
        count(*) over by_stage as stage_contracts,
        coalesce(sum(renewals.arr) over by_stage, 0) as stage_arr,
    from stage_standing as standing
    inner join renewals on standing.contract_id = renewals.contract_id
    inner join segments(null, null, $filters) as scope on renewals.contract_id = scope.contract_id
    left join customers on renewals.customer_id = customers.customer_id
    where
        in_window(renewals.end_date, $first_day, $last_day)
        and (not renewals.is_decided or renewals.end_date between $as_of - 30 and $as_of)
    window by_stage as (partition by standing.stage)
),

whole as (
    select
        count(*) filter (where is_over_limit) as count_over_limit,
        coalesce(sum(arr) filter (where is_over_limit), 0) as over_limit_arr,
    from judged
)

select
    judged.contract_id,
    judged.customer_id,
    judged.customer_name,
    judged.stage,
    judged.stage_text,
    judged.since,
    judged.days_in_stage,
    judged.limit_days,
    judged.is_over_limit,
    greatest(judged.days_in_stage - judged.limit_days, 0) as days_over,
    judged.end_date,
    judged.days_left,
    judged.outcome,
    judged.arr,
    judged.expected_amount,
    chances.chance as probability,
    judged.note,
    health.quadrant,
    coalesce(health.outcome_state, 'unknown') as outcome_state,
    judged.csm,
    judged.tier,
    touched.last_touch,
    judged.stage_contracts,
    judged.stage_arr,
    whole.count_over_limit,
    whole.over_limit_arr,
    judged.is_marked_lost,
from judged
cross join whole
left join chances_now() as chances on judged.contract_id = chances.contract_id
left join last_touches as touched on judged.customer_id = touched.customer_id
left join health_at($as_of) as health on judged.customer_id = health.customer_id
order by
    is_over_limit desc, days_over desc nulls last, judged.arr desc nulls last, judged.contract_id
