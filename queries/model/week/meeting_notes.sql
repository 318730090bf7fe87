-- One row per decision, note or meeting known at the as-of date: it exists from its day. What it has come to counts from
-- the day it did; without one it is as it is now (A7).
select
    decision_id,
    customer_id,
    decision,
    decided_on,
    owner,
    due_on,
    decision_state as given_state,
    state_on,
    coalesce($decision_kinds[plain(decision_kind)], 'decision') as kind,
    if(
        state_on > $as_of,
        'open',
        coalesce($decision_states[plain(decision_state)], 'open')
    ) as state,
from tend.stg_decisions
where decided_on <= $as_of
