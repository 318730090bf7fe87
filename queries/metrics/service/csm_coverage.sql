-- question: How many customers does each CSM look after, and with how much effort for which value?
-- grain: one row per segment: without a grouping per CSM
-- parameters:
--   as_of: the as-of date
--   group_by: a dimension; null groups by CSM
--   filters: chosen values by dimension
--   usual_load: the setting
--   hourly_cost: the setting
-- columns:
--   segment: the CSM, or the label in the grouping
--   customers: customers with a contract in force
--   arr: their ARR
--   touched: of them touched in the month of the as-of date
--   touch_rate: touched / customers
--   load: light, usual or heavy, by the setting; of CSMs only
--   hours: hours of touches in the 12 months to the as-of date
--   service_cost: hours x hourly cost
--   cost_rate: service cost / ARR
--   overdue_tasks: tasks past their day
--   arr_per_hour: ARR / hours
with months as (
    select *,
    from
        touch_months(
            coalesce($group_by, 'csm'),
            $filters,
            date_trunc('month', $as_of)::date,
            $as_of,
            $as_of
        )
),

effort as (
    select
        customer_id,
        sum(hours) as hours,
    from tend.stg_touches
    where in_year_to(touched_on, $as_of)
    group by customer_id
),

tasks as (
    select
        customer_id,
        count(*) filter (where is_overdue) as overdue_tasks,
    from task_states
    group by customer_id
)

select
    months.segment,
    count(*) as customers,
    sum(months.arr) as arr,
    count(*) filter (where months.touches > 0) as touched,
    count(*) filter (where months.touches > 0) / count(*) as touch_rate,
    case
        when coalesce($group_by, 'csm') <> 'csm' or months.segment = 'unknown' then null
        when count(*) < $usual_load[1] then 'light'
        when count(*) > $usual_load[2] then 'heavy'
        else 'usual'
    end as load,
    coalesce(sum(effort.hours), 0) as hours,
    coalesce(sum(effort.hours), 0) * $hourly_cost as service_cost,
    coalesce(sum(effort.hours), 0) * $hourly_cost / nullif(sum(months.arr), 0) as cost_rate,
    coalesce(sum(tasks.overdue_tasks), 0)::bigint as overdue_tasks,
    sum(months.arr) / nullif(sum(effort.hours), 0) as arr_per_hour,
from months
left join effort on months.customer_id = effort.customer_id
left join tasks on months.customer_id = tasks.customer_id
group by months.segment
order by customers desc, months.segment
