-- question: Which files and sheets do the numbers come from?
-- grain: one row per data set of a sheet whose rows count, and one per data set of what was entered in the app
-- key: dataset, import_id or null, sheet_no or null
-- columns:
--   dataset (code datasets): name of the data set
--   file (text): the file's name; null for what was entered in the app
--   sheet (text): the sheet's name; null for what was entered in the app
--   accepted (count): rows that went in
--   rejected (count): rows that did not
--   imported_at (moment): when; of what was entered the last time
--   import_id (ordinal): the import; null for what was entered in the app
--   sheet_no (ordinal): the sheet, as it is counted in the file
with counting as (
    select
        sources.dataset,
        sources.import_id,
        sources.sheet_no,
        sources.imported_at,
        sheets.name,
        sheets.accepted,
        sheets.rejected,
        imports.file,
        imports.origin = 'entry' as is_entered,
    from tend.stg_sheets as sources
    inner join tend.imports as imports on sources.import_id = imports.import_id
    inner join tend.sheets as sheets
        on
            sources.import_id = sheets.import_id
            and sources.sheet_no = sheets.sheet_no
)

select
    dataset,
    if(is_entered, null, any_value(file)) as file,
    if(is_entered, null, any_value(name)) as sheet,
    sum(accepted)::bigint as accepted,
    sum(rejected)::bigint as rejected,
    max(imported_at) as imported_at,
    if(is_entered, null, import_id) as import_id,
    if(is_entered, null, sheet_no) as sheet_no,
from counting
group by dataset, is_entered, if(is_entered, null, import_id), if(is_entered, null, sheet_no)
order by dataset, import_id nulls last, sheet_no
