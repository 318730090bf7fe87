-- One row per customer with a task: how many are not done, and past their day.
-- follows: customer_id
select
    customer_id,
    count(*) filter (where is_open) as open_tasks,
    count(*) filter (where is_overdue) as overdue_tasks,
from task_states
group by customer_id
