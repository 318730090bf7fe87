-- question: What is to be done, by whom, by when?
-- grain: one row per task known at the as-of date
-- key: task_id
-- parameters:
--   states (list of code tasks.states, optional): only tasks in these states, null for all
--   is_open (flag, optional): true: only tasks not done, null for all
--   is_step (flag, optional): true: only steps of SOPs, null for all
-- columns:
--   task_id (text): its number
--   state (code tasks.states): open, due (today), overdue, forgotten (overdue for long), snoozed or done
--   customer_id (text): the customer
--   customer_name (text): its name
--   task (text): what is to be done
--   due_on (date): by when
--   days_left (days): due day - as-of date, negative once overdue
--   owner (text): who does it
--   cause (label tasks.causes): the rule that made it, sop, or what the file says
--   about (text): the contract, month or cell it is about
--   step (text): number of the step of the SOP
--   note (text): anything else
--   there_since (date): since when it is there
--   done_on (date): when it was done
--   settled_on (date): day of the touch that settled it, null where somebody ticked it
--   settled_by (text): who touched
--   snoozed_until (date): put off until this day
--   csm (label): the customer's
--   arr (money): the customer's ARR
--   nps (number): of a critical answer: its NPS
--   csat (number): of one without an NPS: its rating
--   csat_scale (number): highest rating there is
--   respondent (text): who gave it
--   comment (text): what was said
with asked as (
    select customer_id,
    from task_states
    where cause = 'critical_answer'
),

answers as (
    select
        task_number(
            customer_id, 'critical_answer', answer_mark(answered_on, respondent, time_of_day, place)
        ) as task_id,
        nps,
        if(nps is null, csat, null) as csat,
        if(nps is null, csat_scale, null) as csat_scale,
        respondent,
        comment,
    from tend.stg_surveys
    semi join asked on stg_surveys.customer_id = asked.customer_id
    where answered_on <= $as_of
    qualify
        row_number() over (
            partition by task_id order by answered_at desc, nps, csat, respondent
        ) = 1
)

select
    states.task_id,
    states.state,
    states.customer_id,
    customers.customer_name,
    states.task,
    states.due_on,
    states.days_left,
    states.owner,
    states.cause,
    states.about,
    states.step,
    states.note,
    states.made_on as there_since,
    states.done_on,
    states.settled_on,
    states.settled_by,
    states.snoozed_until,
    customers.csm,
    customers.arr,
    answers.nps,
    answers.csat,
    answers.csat_scale,
    answers.respondent,
    answers.comment,
from task_states as states
inner join
    customer_segments(null, $filters, $as_of) as scope
    on states.customer_id = scope.customer_id
left join customers on states.customer_id = customers.customer_id
left join answers on states.task_id = answers.task_id
where
    ($states is null or list_contains($states, states.state))
    and ($is_open is null or states.is_open = $is_open)
    and ($is_step is null or states.is_step = $is_step)
order by states.due_on, customers.arr desc, states.customer_id, states.step, states.task_id
