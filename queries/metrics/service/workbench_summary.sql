-- question: What waits today?
-- grain: one row
-- columns:
--   customers (count): customers in force
--   arr (money): their ARR
--   touched (count): of them touched in this month; null where the data have no touches of it
--   touch_rate (rate): touched / customers
--   due (count): tasks due today
--   overdue (count): tasks past their day, forgotten ones included
--   forgotten (count): tasks overdue for long
--   snoozed (count): tasks put off
--   open (count): tasks not done, all of these included
--   renewals (count): contracts overdue or due within 90 days
--   renewals_arr (money): their ARR
--   stuck (count): contracts in a stage over its limit
with stands as (
    select
        count(*) as customers,
        coalesce(sum(arr), 0) as arr,
        if(count(is_touched) > 0, count(*) filter (where is_touched), null) as touched,
    from customer_stands($filters, $as_of)
),

tasks as (
    select
        count(*) filter (where states.state = 'due') as due,
        count(*) filter (where states.is_overdue) as overdue,
        count(*) filter (where states.state = 'forgotten') as forgotten,
        count(*) filter (where states.state = 'snoozed') as snoozed,
        count(*) filter (where states.is_open) as is_open,
    from task_states as states
    inner join
        customer_segments(null, $filters, $as_of) as scope
        on states.customer_id = scope.customer_id
),

hands as (
    select
        count(*) filter (where listed.days_left <= 90) as renewals,
        coalesce(sum(listed.arr) filter (where listed.days_left <= 90), 0) as renewals_arr,
        count(*) filter (where standing.is_over_limit) as stuck,
    from renewal_list($filters, null, null) as listed
    left join stage_standing as standing on listed.contract_id = standing.contract_id
    where listed.is_open
)

select
    stands.customers,
    stands.arr,
    stands.touched,
    stands.touched / nullif(stands.customers, 0) as touch_rate,
    tasks.due,
    tasks.overdue,
    tasks.forgotten,
    tasks.snoozed,
    tasks.is_open as open,
    hands.renewals,
    hands.renewals_arr,
    hands.stuck,
from stands
cross join tasks
cross join hands
