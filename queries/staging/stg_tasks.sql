-- One row per task; without a number the customer, the words and the day of its making are the key.
-- One that a rule made is there as long as its customer is.
with own_ids as (
    select distinct
        own_id,
        customer_id,
    from stg_identities
),

accepted as (
    select
        rows_tasks.* exclude (customer_id, task_id),
        stg_sheets.has,
        stg_sheets.imported_at,
        coalesce(stg_identities.customer_id, own_ids.customer_id) as customer_id,
        coalesce(
            rows_tasks.task_id,
            'A-' || left(md5(concat_ws(
                '|',
                stg_identities.customer_id,
                plain(rows_tasks.task),
                coalesce(rows_tasks.made_on::varchar, '')
            )), 10)
        ) as task_id,
    from rows_tasks
    inner join stg_sheets
        on
            rows_tasks.import_id = stg_sheets.import_id
            and rows_tasks.sheet_no = stg_sheets.sheet_no
            and stg_sheets.dataset = 'tasks'
    left join stg_identities
        on
            rows_tasks.customer_id is not distinct from stg_identities.given_id
            and rows_tasks.name_key is not distinct from stg_identities.name_key
    left join own_ids on rows_tasks.customer_id = own_ids.own_id
    where stg_identities.customer_id is not null or own_ids.customer_id is not null
)

select
    task_id,
    max_by(customer_id, said_at(import_id, sheet_no, row_no, true)) as customer_id,
    latest(task, 'task', has, import_id) as task,
    latest(due_on, 'due_on', has, import_id) as due_on,
    -- a task nobody dated is known from the day it came in
    coalesce(latest(made_on, 'made_on', has, import_id), min(imported_at)::date) as made_on,
    latest(done_on, 'done_on', has, import_id) as done_on,
    latest(snoozed_until, 'snoozed_until', has, import_id) as snoozed_until,
    latest(dropped_on, 'dropped_on', has, import_id) as dropped_on,
    latest(owner, 'owner', has, import_id) as owner,
    latest(cause, 'cause', has, import_id) as cause,
    latest(about, 'about', has, import_id) as about,
    latest(step, 'step', has, import_id) as step,
    latest(note, 'note', has, import_id) as note,
    list({'import_id': import_id, 'sheet_no': sheet_no, 'row_no': row_no}) as sources,
from accepted
group by task_id
