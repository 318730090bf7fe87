-- question: Which causes ask for a task that is not made yet?
-- grain: one row per cause; a rule makes a task once per cause
-- key: task_id
-- parameters:
--   as_of: the day the rules look from; what is not known then is no cause
--   due_from (date, optional): the day the days to do it count from; null counts from as_of
-- columns:
--   task_id (text): the number its task gets: the same cause gives the same number
--   cause (code tasks.causes): renewal_due, first_visit, quadrant_fall, critical_answer, low_active_share, single_feature, not_touched or stage_over
--   customer_id (text): the customer
--   customer_name (text): its name
--   owner (text): the customer's CSM, who is to do it
--   about (text): the contract, the month or the day it is about
--   began_on (date): since when the cause holds
--   due_on (date): by when it is to be done: a working day after the rule's days, later where more is due than a day holds
--   arr (money): ARR of the customer, workspace currency
--   value (mixed): days left, quadrant now, NPS, share in use or days in the stage
with causes as (
    from renewal_due_causes($filters, $task_rules)
    union all
    from first_visit_causes($task_rules, $task_look_back_days, $as_of)
    union all
    from health_causes_now($filters, $low_active_share, $north_star, $task_look_back_days, $as_of)
    union all
    from critical_answer_causes($task_look_back_days, $as_of)
    union all
    from not_touched_causes($filters, $task_rules, $as_of)
    union all
    from stage_over_causes()
),

numbered as (
    select distinct
        *,
        task_number(customer_id, cause, mark) as task_id,
    from causes
    where $task_rules[cause].is_on
),

-- working days are counted from a Monday; Saturday and Sunday count as the Monday after them
dated as (
    select
        numbered.*,
        customers.customer_name,
        customers.csm as owner,
        in_force.arr,
        coalesce($due_from, $as_of) - date '2000-01-03' + $task_rules[cause].due_in as days,
        5 * (days // 7) + least(days % 7, 5) as earliest,
    from numbered
    inner join contracts_held_in($filters, $as_of) as in_force
        on numbered.customer_id = in_force.customer_id
    left join customers on numbered.customer_id = customers.customer_id
    where
        not exists (
            from tend.stg_tasks
            where stg_tasks.task_id = numbered.task_id
        )
),

fresh as (
    select
        *,
        row_number() over (
            partition by owner order by earliest, arr desc, customer_id, cause, about, task_id
        ) as place,
    from dated
),

-- a queue: nobody has more than so many due a day, nothing is due before its rule's days, and none waits longer.
-- With 2 a day and tasks that may be due from the days 3, 3, 3, 5: places 1 to 4 give the turns 3, 3, 4, 5
queued as (
    select
        *,
        (
            max($tasks_a_day * earliest - place) over (partition by owner order by place)
            + place
        ) // $tasks_a_day as turn,
    from fresh
)

select
    task_id,
    cause,
    customer_id,
    customer_name,
    owner,
    about,
    began_on,
    date '2000-01-03' + (7 * (turn // 5) + turn % 5)::integer as due_on,
    arr,
    value,
from queued
order by began_on, arr desc, customer_id, task_id
