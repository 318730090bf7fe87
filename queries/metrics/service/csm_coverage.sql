-- question: How many customers does each CSM look after, and with how much effort for which value?
-- grain: one row per segment: without a grouping per CSM
-- key: segment
-- grouped by: dimensions
-- parameters:
--   group_by: a dimension; null groups by CSM
-- columns:
--   segment (label): the CSM, or the label in the grouping
--   customers (count): customers with a contract in force
--   arr (money): their ARR
--   touched (count): of them touched in the month of the as-of date; null where the data have no touches of it
--   touch_rate (rate): touched / customers
--   load (code service.loads): light, usual or heavy, by the setting; of CSMs only
--   hours (number): hours of touches in the 12 months to the as-of date
--   service_cost (money): hours x hourly cost
--   cost_rate (rate): service cost / ARR
--   overdue_tasks (count): tasks past their day
--   arr_per_hour (money): ARR / hours
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
    if(bool_and(months.is_known), count(*) filter (where months.touches > 0), null) as touched,
    touched / count(*) as touch_rate,
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
