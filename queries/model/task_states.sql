-- One row per task known at the as-of date, and where it stands: done, put off, forgotten (overdue for long),
-- overdue, due (today) or open.
select
    * exclude (sources, done_on),
    if(done_on <= $as_of, done_on, null) as done_on,
    coalesce(done_on > $as_of, true) as is_open,
    coalesce(done_on > $as_of, true)
    and coalesce(due_on < $as_of, false)
    and coalesce(snoozed_until <= $as_of, true) as is_overdue,
    case
        when done_on <= $as_of then 'done'
        when snoozed_until > $as_of then 'snoozed'
        when due_on < $as_of - $forgotten_days then 'forgotten'
        when due_on < $as_of then 'overdue'
        when due_on = $as_of then 'due'
        else 'open'
    end as state,
    due_on - $as_of as days_left,
    -- a step of the SOP of a cell
    cause = 'sop' as is_step,
from tend.stg_tasks
where made_on <= $as_of
