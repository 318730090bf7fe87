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
with in_force as (
    select
        arr_spans.customer_id,
        coalesce(sum(arr_spans.arr), 0) as arr,
    from arr_spans
    inner join segments(null, null, $filters) as scope on arr_spans.contract_id = scope.contract_id
    where $as_of between arr_spans.first_day and arr_spans.last_day
    group by arr_spans.customer_id
),

due as (
    select
        'renewal_due' as cause,
        renewals.customer_id,
        renewals.contract_id as about,
        renewals.contract_id || '|' || renewals.end_date as mark,
        renewals.end_date - $task_rules['renewal_due'].days as began_on,
        renewals.days_left::double as value,
    from renewals
    inner join segments(null, null, $filters) as scope on renewals.contract_id = scope.contract_id
    where
        renewals.outcome in ('due', 'overdue')
        and renewals.days_left <= $task_rules['renewal_due'].days
),

live as (
    select
        'first_visit' as cause,
        customer_id,
        go_live_date::varchar as about,
        go_live_date::varchar as mark,
        go_live_date + $task_rules['first_visit'].days as began_on,
        null::double as value,
    from customers
    where
        go_live_date + $task_rules['first_visit'].days
        between $as_of - $task_look_back_days and $as_of
),

-- a fall is news for a while; what lasts is a cause however long ago it began, by its newest beginning
turned as (
    select
        cause,
        customer_id,
        strftime(month, '%Y-%m') as about,
        month::varchar as mark,
        month as began_on,
        coalesce(value, to_quadrant)::double as value,
    from health_news($filters, $low_active_share, $north_star, null, null, $as_of)
    where
        cause in ('quadrant_fall', 'low_active_share', 'single_feature')
        and is_lasting
        and (cause <> 'quadrant_fall' or month >= $as_of - $task_look_back_days)
    qualify
        cause = 'quadrant_fall'
        or row_number() over (partition by customer_id, cause order by month desc) = 1
),

answered as (
    select
        'critical_answer' as cause,
        customer_id,
        answered_on::varchar as about,
        answered_on || '|' || coalesce(plain(respondent), '') as mark,
        answered_on as began_on,
        nps as value,
    from tend.stg_surveys
    where
        answered_on between $as_of - $task_look_back_days and $as_of
        and coalesce(nps_group(nps) = 'detractor', csat / nullif(csat_scale, 0) < 0.6, false)
),

untouched as (
    select
        'not_touched' as cause,
        in_force.customer_id,
        strftime($as_of, '%Y-%m') as about,
        strftime($as_of, '%Y-%m') as mark,
        $as_of as began_on,
        null::double as value,
    from in_force
    where
        day($as_of) >= least($task_rules['not_touched'].days, day(last_day($as_of)))
        and not exists (
            from tend.stg_touches
            where
                stg_touches.customer_id = in_force.customer_id
                and stg_touches.touched_on between date_trunc('month', $as_of) and $as_of
        )
),

stuck as (
    select
        'stage_over' as cause,
        customer_id,
        contract_id as about,
        contract_id || '|' || stage || '|' || since as mark,
        since + limit_days::integer + 1 as began_on,
        days_in_stage::double as value,
    from stage_standing
    where is_over_limit
),

causes as (
    from due
    union all
    from live
    union all
    from turned
    union all
    from answered
    union all
    from untouched
    union all
    from stuck
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
    inner join in_force on numbered.customer_id = in_force.customer_id
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

-- a queue: nobody has more than so many due a day, nothing is due before its rule's days, and none waits longer
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
