-- question: What is known of one customer?
-- grain: one row, none for an unknown customer
-- key: customer_id
-- parameters:
--   customer_id (text): the customer
-- columns:
--   customer_id (text): the customer
--   customer_name (text): its name
--   industry (label): the customer's
--   size (label): size band
--   given_size (text): as the file gives it
--   department (label): the customer's
--   region (label): the customer's
--   csm (label): the customer's
--   account_manager (text): the customer's
--   tier (label): the file's; where no file gives any, by the rule in the settings
--   source_channel (label): the customer's
--   potential (text): the customer's
--   go_live_date (date): the customer's
--   key_contact (text): the customer's
--   key_contact_role (text): the customer's
--   life_stage (code stages): onboarding, adopting, serving, renewing, overdue, lost or won_back; null before it begins
--   is_in_force (flag): a contract is in force at the as-of date
--   last_day (date): last day in force of a customer that is lost
--   months (months): whole months from its first start to the as-of date, or to its last day in force
--   arr (money): ARR at the as-of date
--   overdue_arr (money): of it, contracts overdue
--   arr_share (rate): ARR / ARR of all customers that have some
--   contract_id (text): its next contract due or overdue
--   end_date (date): last day of that contract
--   days_left (days): end date - as-of date, negative once ended
--   month (month): the month end that health is of
--   outcome_score (number): 0 to 100, null without data
--   experience_score (number): 0 to 100, null without data
--   outcome_state (code states): healthy, average, at_risk or unknown
--   experience_state (code states): healthy, average, at_risk or unknown
--   quadrant (ordinal): 1 to 9, null where one is unknown
--   scale (code values): its row of the SOP matrix; null where no contract is in force
--   satisfaction (code satisfaction): satisfied, neutral, critical or not_asked
--   nps_mean (number): mean of each respondent's latest NPS within 12 months
--   csat_share (rate): share of satisfied ones among each respondent's latest CSAT within 12 months
--   answered_on (date): day of the latest answer within 12 months
--   last_touch (date): day of the last touch by anybody
--   days_since_touch (days): days since then
--   service_hours (number): service hours of the last 12 months; null where no file has hours
--   service_cost (money): those hours x hourly cost
--   open_tasks (count): tasks not done
--   overdue_tasks (count): of them past their day
with touches as (
    select
        count(hours) > 0 as has_hours,
        max(touched_on) filter (where customer_id = $customer_id) as last_touch,
    from tend.stg_touches
    where touched_on <= $as_of
)

select
    customers.customer_id,
    customers.customer_name,
    customers.industry,
    customers.size,
    customers.given_size,
    customers.department,
    customers.region,
    customers.csm,
    customers.account_manager,
    customers.tier,
    customers.source_channel,
    customers.potential,
    customers.go_live_date,
    customers.key_contact,
    customers.key_contact_role,
    lives.stage as life_stage,
    coalesce(valued.is_in_force, false) as is_in_force,
    if(valued.is_in_force, null, valued.until_day) as last_day,
    months_from(valued.first_start, valued.until_day) as months,
    coalesce(valued.arr, 0) as arr,
    coalesce(valued.overdue_arr, 0) as overdue_arr,
    valued.arr_share,
    next_ends.contract_id,
    next_ends.end_date,
    next_ends.days_left,
    month_end_by($as_of) as month,
    health.outcome_score,
    health.experience_score,
    coalesce(health.outcome_state, 'unknown') as outcome_state,
    coalesce(health.experience_state, 'unknown') as experience_state,
    health.quadrant,
    cells.scale,
    coalesce(found.satisfaction, 'not_asked') as satisfaction,
    found.nps_mean,
    found.csat_share,
    found.answered_on,
    touches.last_touch,
    $as_of - touches.last_touch as days_since_touch,
    if(touches.has_hours, coalesce(costs.hours, 0), null) as service_hours,
    if(touches.has_hours, coalesce(costs.service_cost, 0), null) as service_cost,
    coalesce(tasks.open_tasks, 0) as open_tasks,
    coalesce(tasks.overdue_tasks, 0) as overdue_tasks,
from customers
cross join touches
left join next_renewals(null) as next_ends on customers.customer_id = next_ends.customer_id
left join valued_customers(null, $as_of) as valued on customers.customer_id = valued.customer_id
left join lifecycle_stages(null, $as_of) as lives on customers.customer_id = lives.customer_id
left join sop_cells($as_of, null, null) as cells on customers.customer_id = cells.customer_id
left join satisfactions($as_of) as found on customers.customer_id = found.customer_id
left join service_costs($as_of, $hourly_cost) as costs
    on customers.customer_id = costs.customer_id
left join customer_tasks as tasks on customers.customer_id = tasks.customer_id
left join health_at($as_of) as health on customers.customer_id = health.customer_id
where customers.customer_id = $customer_id
