-- One row per accepted row that names a customer, from whichever data set.
with mentions as (
    select
        *,
        'customers' as dataset,
    from rows_customers
    union all by name
    select
        *,
        'contracts' as dataset,
    from rows_contracts
    union all by name
    select
        *,
        'usage' as dataset,
    from rows_usage
    union all by name
    select
        *,
        'surveys' as dataset,
    from rows_surveys
    union all by name
    select
        *,
        'touches' as dataset,
    from rows_touches
    union all by name
    select
        *,
        'stages' as dataset,
    from rows_stages
    union all by name
    select
        *,
        'calls' as dataset,
    from rows_calls
    union all by name
    select
        *,
        'tickets' as dataset,
    from rows_tickets
    union all by name
    select
        *,
        'decisions' as dataset,
    from rows_decisions
    union all by name
    select
        *,
        'tasks' as dataset,
    from rows_tasks
    -- a task that a rule made here names nobody new
    where
        not coalesce(starts_with(task_id, 'auto-'), false)
        or import_id not in (
            select imports.import_id,
            from imports
            where imports.origin = 'entry'
        )
)

select
    mentions.dataset,
    mentions.import_id,
    mentions.sheet_no,
    mentions.customer_id,
    mentions.name_key,
    min(mentions.row_no) as row_no,
    count(*) as count_rows,
    min_by(mentions.customer_name, mentions.row_no) as customer_name,
from mentions
inner join stg_sheets
    on
        mentions.import_id = stg_sheets.import_id
        and mentions.sheet_no = stg_sheets.sheet_no
        and mentions.dataset = stg_sheets.dataset
where mentions.customer_id is not null or mentions.name_key is not null
group by all
