-- question: Which customers are in a stage of their life?
-- grain: one row per customer whose life has begun
-- key: customer_id
-- parameters:
--   stage (code stages, optional): only this stage, null for all
-- columns:
--   customer_id (text): the customer
--   customer_name (text): its name
--   stage (code stages): onboarding, adopting, serving, renewing, overdue, lost or won_back
--   arr (money): its ARR
--   days_left (days): days to the next end of one of its contracts
--   go_live_date (date): when it went live
--   csm (label): the customer's
--   tier (label): the customer's
select
    stages.customer_id,
    customers.customer_name,
    stages.stage,
    stages.arr,
    stages.days_left,
    customers.go_live_date,
    customers.csm,
    customers.tier,
from lifecycle_stages($filters, $as_of) as stages
left join customers on stages.customer_id = customers.customer_id
where $stage is null or stages.stage = $stage
order by stages.arr desc, stages.customer_id
