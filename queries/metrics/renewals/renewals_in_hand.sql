-- question: Which renewals are in hand, in which stage, and which stand too long?
-- grain: one row per contract overdue, or due within 120 days
-- parameters:
--   as_of: the as-of date
--   filters: chosen values by dimension
-- columns:
--   contract_id: the contract
--   customer_id: its customer
--   customer_name: the customer's name
--   csm: the customer's
--   days_left: days to its end, negative once overdue
--   end_date: last day in force
--   arr: its ARR, workspace currency
--   stage: not_started, start, plan, quote, commercial, deferred, renewed, lost or other
--   days_in_stage: days since it was entered
--   limit_days: days a contract of its tier may stand there
--   is_over_limit: it stands there for longer
--   outcome_state: healthy, average, at_risk or unknown
--   experience_state: healthy, average, at_risk or unknown
--   last_touch: day of the last touch
--   outcome: due or overdue
--   tier: the customer's
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
where listed.is_open and listed.days_left <= 120
order by listed.end_date, listed.arr desc, listed.contract_id
