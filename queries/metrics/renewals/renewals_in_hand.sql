-- question: Which renewals are in hand, in which stage, and which stand too long?
-- grain: one row per contract overdue, or due within the days; or per one that stands too long
-- key: contract_id
-- parameters:
--   within (days, optional): due within so many days, null for 120
--   is_stuck (flag, optional): true: instead, those over the limit of their stage, whenever they end
-- columns:
--   contract_id (text): the contract
--   customer_id (text): its customer
--   customer_name (text): the customer's name
--   csm (label): the customer's
--   days_left (days): days to its end, negative once overdue
--   end_date (date): last day in force
--   arr (money): its ARR, workspace currency
--   stage (code stages): not_started, start, plan, quote, commercial, deferred, renewed, lost or other
--   days_in_stage (days): days since it was entered
--   limit_days (days): days a contract of its tier may stand there
--   is_over_limit (flag): it stands there for longer
--   outcome_state (code states): healthy, average, at_risk or unknown
--   experience_state (code states): healthy, average, at_risk or unknown
--   last_touch (date): day of the last touch
--   outcome (code outcomes): due or overdue
--   tier (label): the customer's
select
    listed.contract_id,
    listed.customer_id,
    listed.customer_name,
    listed.csm,
    listed.days_left,
    listed.end_date,
    listed.arr,
    standing.stage,
    standing.days_in_stage,
    standing.limit_days,
    coalesce(standing.is_over_limit, false) as is_over_limit,
    coalesce(stands.outcome_state, 'unknown') as outcome_state,
    coalesce(stands.experience_state, 'unknown') as experience_state,
    stands.last_touch,
    listed.outcome,
    listed.tier,
from renewal_list($filters, null, null) as listed
left join stage_standing as standing on listed.contract_id = standing.contract_id
left join customer_stands($filters, $as_of) as stands on listed.customer_id = stands.customer_id
where
    listed.is_open
    and if(
        coalesce($is_stuck, false),
        standing.is_over_limit,
        listed.days_left <= coalesce($within, 120)
    )
order by listed.end_date, listed.arr desc, listed.contract_id
