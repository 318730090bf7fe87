-- question: From which file, sheet and row does a fact come?
-- grain: one row per row of a spreadsheet that speaks of the fact
-- key: fact, import_id, sheet, row_no
-- parameters:
--   dataset (code datasets): name of the data set
--   key (text): id of a contract, ticket, task or decision, or of a customer: then all of its facts
--   of_row (text, optional): only facts that this row speaks of: import/sheet/row; null lists all
-- columns:
--   fact (text): what the row speaks of
--   import_id (ordinal): the import
--   imported_at (moment): when
--   who (text): by whom
--   file (text): the file's name, empty for what was entered in the app
--   sheet_no (ordinal): the sheet, as it is counted in the file
--   sheet (text): the sheet's name
--   row_no (ordinal): the row, as the spreadsheet shows it
--   content_hash (text): the kept file, by its content
--   origin (code): file, or entry for what was entered in the app
with facts as (
    select
        'customers' as dataset,
        customer_id as key,
        customer_id as fact,
        sources,
    from tend.stg_customers
    union all by name
    select
        'contracts' as dataset,
        -- by its number, or as it is shown
        unnest(list_distinct([contract_no, contract_id, customer_id])) as key,
        contract_id as fact,
        sources,
    from tend.stg_contracts
    union all by name
    select
        'usage' as dataset,
        customer_id as key,
        concat_ws(' · ', period_start, measure) as fact,
        sources,
    from tend.stg_usage
    union all by name
    select
        'surveys' as dataset,
        customer_id as key,
        concat_ws(' · ', answered_on, respondent) as fact,
        sources,
    from tend.stg_surveys
    union all by name
    select
        'touches' as dataset,
        customer_id as key,
        concat_ws(' · ', touched_on, kind) as fact,
        sources,
    from tend.stg_touches
    union all by name
    select
        'stages' as dataset,
        unnest(list_distinct([contract_id, customer_id])) as key,
        concat_ws(' · ', stage, entered_on) as fact,
        sources,
    from tend.stg_stages
    union all by name
    select
        'calls' as dataset,
        unnest(list_distinct([contract_id, customer_id])) as key,
        concat_ws(' · ', call, called_on) as fact,
        sources,
    from tend.stg_calls
    union all by name
    select
        'tickets' as dataset,
        unnest(list_distinct([ticket_id, customer_id])) as key,
        ticket_id as fact,
        sources,
    from tend.stg_tickets
    union all by name
    select
        'tasks' as dataset,
        unnest(list_distinct([task_id, customer_id])) as key,
        task as fact,
        sources,
    from tend.stg_tasks
    union all by name
    select
        'decisions' as dataset,
        unnest(list_distinct([decision_id, customer_id])) as key,
        decision as fact,
        sources,
    from tend.stg_decisions
    union all by name
    select
        'notebooks' as dataset,
        notebook_id as key,
        concat_ws(' · ', notebook, cell_no::integer) as fact,
        sources,
    from tend.stg_notebooks
),

spoken as (
    select
        fact,
        unnest(sources) as source,
    from facts
    where
        dataset = $dataset
        and key = $key
        and (
            $of_row is null
            or list_bool_or(
                list_transform(
                    sources,
                    lambda one:
                    concat_ws('/', one.import_id, one.sheet_no, one.row_no) = $of_row
                )
            )
        )
)

select
    spoken.fact,
    imports.import_id,
    imports.imported_at,
    imports.who,
    imports.file,
    spoken.source.sheet_no,
    sheets.name as sheet,
    spoken.source.row_no,
    imports.content_hash,
    imports.origin,
from spoken
inner join tend.imports as imports on spoken.source.import_id = imports.import_id
inner join tend.sheets as sheets
    on
        spoken.source.import_id = sheets.import_id
        and spoken.source.sheet_no = sheets.sheet_no
order by spoken.fact desc, imports.import_id, spoken.source.sheet_no, spoken.source.row_no
