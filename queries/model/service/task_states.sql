-- One row per task known at the as-of date, and where it stands: done, put off, forgotten (overdue for long),
-- overdue, due (today) or open. A touch settles what a rule asked for: no touch in a month, a first visit.
-- follows: customer_id
with known as (
    select *,
    from tend.stg_tasks
    where made_on <= $as_of and coalesce(dropped_on > $as_of, true)
),

-- a month without a touch is settled by the first one since that month began
waiting as (
    select
        task_id,
        customer_id,
        made_on,
        case cause
            when 'not_touched' then try_cast(about || '-01' as date)
            when 'first_visit' then made_on
        end as since,
    from known
    where cause in ('not_touched', 'first_visit')
),

settled as (
    select
        waiting.task_id,
        any_value(waiting.made_on) as made_on,
        min(touches.touched_on) as settled_on,
        nullif(
            min_by(coalesce(touches.csm, ''), (touches.touched_on, coalesce(touches.csm, ''))), ''
        ) as settled_by,
    from waiting
    inner join tend.stg_touches as touches
        on
            waiting.customer_id = touches.customer_id
            and touches.touched_on between waiting.since and $as_of
    group by waiting.task_id
),

ended as (
    select
        known.* exclude (sources, done_on, dropped_on),
        -- what somebody ticked stands; a touch from before the task settles it as it is made
        if(known.done_on <= $as_of, null, settled.settled_on) as settled_on,
        if(known.done_on <= $as_of, null, settled.settled_by) as settled_by,
        coalesce(
            if(known.done_on <= $as_of, known.done_on, null),
            greatest(settled.settled_on, settled.made_on)
        ) as done_on,
    from known
    left join settled on known.task_id = settled.task_id
)

select
    *,
    done_on is null as is_open,
    done_on is null
    and coalesce(due_on < $as_of, false)
    and coalesce(snoozed_until <= $as_of, true) as is_overdue,
    case
        when done_on is not null then 'done'
        when snoozed_until > $as_of then 'snoozed'
        when due_on < $as_of - $forgotten_days then 'forgotten'
        when due_on < $as_of then 'overdue'
        when due_on = $as_of then 'due'
        else 'open'
    end as state,
    due_on - $as_of as days_left,
    -- a step of the SOP of a cell
    cause = 'sop' as is_step,
from ended
