-- One row per customer with steps of an SOP: how many are open and overdue, and of which cells.
-- follows: customer_id
select
    customer_id,
    count(*) filter (where is_open) as open_steps,
    count(*) filter (where is_overdue) as overdue_steps,
    list(distinct about order by about) as started,
from task_states
where is_step
group by customer_id
