-- One row per data set: how many facts, of how many customers, and the day of the newest.
select
    'customers' as dataset,
    count(*) as count_rows,
    count(*) as customers,
    null::date as latest,
from stg_customers
where is_listed
union all
select
    'contracts' as dataset,
    count(*) as count_rows,
    count(distinct customer_id) as customers,
    max(coalesce(signed_date, start_date, end_date)) as latest,
from stg_contracts
union all
select
    'usage' as dataset,
    -- a row of a spreadsheet holds a fact per measure
    count(distinct list_sort(sources)) as count_rows,
    count(distinct customer_id) as customers,
    max(period_end) as latest,
from stg_usage
union all
select
    'surveys' as dataset,
    count(*) as count_rows,
    count(distinct customer_id) as customers,
    max(answered_on) as latest,
from stg_surveys
union all
select
    'touches' as dataset,
    count(*) as count_rows,
    count(distinct customer_id) as customers,
    max(touched_on) as latest,
from stg_touches
union all
select
    'stages' as dataset,
    count(*) as count_rows,
    count(distinct customer_id) as customers,
    max(entered_on) as latest,
from stg_stages
union all
select
    'calls' as dataset,
    count(*) as count_rows,
    count(distinct customer_id) as customers,
    max(called_on) as latest,
from stg_calls
union all
select
    'tickets' as dataset,
    count(*) as count_rows,
    count(distinct customer_id) as customers,
    max(opened_on) as latest,
from stg_tickets
union all
select
    'tasks' as dataset,
    count(*) as count_rows,
    count(distinct customer_id) as customers,
    -- what is to come is no news: a task is as new as its making
    max(made_on) as latest,
from stg_tasks
union all
select
    'decisions' as dataset,
    count(*) as count_rows,
    count(distinct customer_id) as customers,
    max(decided_on) as latest,
from stg_decisions
