-- One row per decision or note; without a number the customer, the words and the day are the key. Its customer is one
-- where it names any.
with numbered as (
    select
        *,
        coalesce(
            decision_id,
            'D-' || left(md5(concat_ws(
                '|',
                coalesce(customer_id, ''),
                plain(decision),
                coalesce(decided_on::varchar, '')
            )), 10)
        ) as number,
        if(list_has_any(has, ['customer_id', 'customer_name']), ['customer'], []) as names_customer,
    from counted_rows('decisions')
)

select
    number as decision_id,
    -- a file may name it by its name alone
    latest(customer_id, 'customer', names_customer, import_id) as customer_id,
    latest(decision, 'decision', has, import_id) as decision,
    latest(decision_kind, 'decision_kind', has, import_id) as decision_kind,
    -- what nobody dated is known from the day it came in
    coalesce(latest(decided_on, 'decided_on', has, import_id), min(imported_at)::date)
        as decided_on,
    latest(owner, 'owner', has, import_id) as owner,
    latest(due_on, 'due_on', has, import_id) as due_on,
    latest(decision_state, 'decision_state', has, import_id) as decision_state,
    latest(state_on, 'state_on', has, import_id) as state_on,
    list({'import_id': import_id, 'sheet_no': sheet_no, 'row_no': row_no}) as sources,
from numbered
group by number
