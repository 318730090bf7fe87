-- question: How did a customer use the product and its support, month by month?
-- grain: one row per month of the window that is over; without a window of the last 12
-- key: month
-- parameters:
--   customer_id (text): the customer
-- columns:
--   month (month): its first day
--   active_users (count): the mean of its periods; null where nothing tells it
--   licensed_users (count): the latest of its periods, else of the contracts in force at its end
--   key_actions (count): their sum
--   tickets_opened (count): tickets opened in it; null where the workspace has none by then
--   tickets_solved (count): tickets solved in it
with periods as (
    select
        period_end,
        date_trunc('month', period_end)::date as month,
        max(value) filter (where measure = 'active_users') as active_users,
        max(value) filter (where measure = 'licensed_users') as licensed_users,
        max(value) filter (where measure = $north_star) as key_actions,
    from tend.stg_usage
    where customer_id = $customer_id and value is not null
    group by period_start, period_end, granularity
),

used as (
    select
        month,
        avg(active_users) as active_users,
        max_by(licensed_users, period_end) as licensed_users,
        sum(key_actions) as key_actions,
    from periods
    group by month
),

months as (
    select *,
    from full_months($first_day, $last_day, $as_of)
),

licences as (
    select
        months.month,
        sum(contracts.licensed_users) as licensed_users,
    from months
    inner join arr_spans on months.month_end between arr_spans.first_day and arr_spans.last_day
    inner join contracts on arr_spans.contract_id = contracts.contract_id
    where contracts.customer_id = $customer_id
    group by months.month
),

since as (
    select min(opened_on) as first_day,
    from tend.stg_tickets
),

tickets as (
    select
        months.month,
        count(*) filter (
            where stg_tickets.opened_on between months.month and months.month_end
        ) as opened,
        count(*) filter (
            where stg_tickets.resolved_on between months.month and months.month_end
        ) as solved,
    from months
    inner join tend.stg_tickets on months.month_end >= stg_tickets.opened_on
    where stg_tickets.customer_id = $customer_id
    group by months.month
)

select
    months.month,
    used.active_users,
    coalesce(used.licensed_users, licences.licensed_users) as licensed_users,
    used.key_actions,
    if(months.month_end >= since.first_day, coalesce(tickets.opened, 0), null) as tickets_opened,
    if(months.month_end >= since.first_day, coalesce(tickets.solved, 0), null) as tickets_solved,
from months
cross join since
left join used on months.month = used.month
left join licences on months.month = licences.month
left join tickets on months.month = tickets.month
order by months.month
