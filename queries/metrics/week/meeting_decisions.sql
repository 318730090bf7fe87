-- question: What was decided, by whom is it seen to, and how far has it come?
-- grain: one row per decision or note that is open, or was written or changed since the last meeting
-- key: decision_id
-- parameters:
--   first_day: the last meeting
-- columns:
--   decision_id (text): its number
--   decision (text): what was decided or noted
--   kind (code week.entries): decision or note
--   state (code week.states): open, late (past its day), done or dropped
--   owner (text): who sees to it
--   due_on (date): by when
--   days_left (days): due day - as-of date
--   decided_on (date): the day it was written for
--   customer_id (text): the customer it is about, null for none
--   customer_name (text): its name
--   arr (money): its ARR
--   decision_state (text): the state as it is kept
--   state_on (date): since when
select
    notes.decision_id,
    notes.decision,
    notes.kind,
    if(notes.state = 'open' and notes.due_on < $as_of, 'late', notes.state) as state,
    notes.owner,
    notes.due_on,
    notes.due_on - $as_of as days_left,
    notes.decided_on,
    notes.customer_id,
    customers.customer_name,
    customers.arr,
    notes.given_state as decision_state,
    notes.state_on,
from meeting_notes as notes
left join customers on notes.customer_id = customers.customer_id
where
    notes.kind <> 'meeting'
    and (
        (notes.kind = 'decision' and notes.state = 'open')
        or notes.decided_on >= since_day($first_day, null, $as_of)
        or notes.state_on >= since_day($first_day, null, $as_of)
    )
    and (
        notes.customer_id is null
        or notes.customer_id in (
            select scope.customer_id,
            from customer_segments(null, $filters, $as_of) as scope
        )
    )
order by
    notes.state <> 'open',
    notes.due_on nulls last,
    notes.decided_on desc,
    notes.decision_id
