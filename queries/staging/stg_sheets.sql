-- One row per sheet and data set whose rows count: its import is not undone and no later file replaced the data set (K20).
with counting as (
    select
        sheet_datasets.import_id,
        sheet_datasets.sheet_no,
        sheet_datasets.dataset,
        sheet_datasets.has,
        imports.imported_at,
        imports.reread_at,
        imports.mode,
        imports.origin,
    from sheet_datasets
    inner join imports on sheet_datasets.import_id = imports.import_id
    where imports.undone_at is null
),

replaced as (
    select
        dataset,
        max(import_id) as since,
    from counting
    where mode = 'replace'
    group by dataset
)

select
    counting.import_id,
    counting.sheet_no,
    counting.dataset,
    counting.has,
    counting.imported_at,
    counting.reread_at,
    counting.origin,
from counting
left join replaced on counting.dataset = replaced.dataset
where
    counting.import_id >= coalesce(replaced.since, 0)
    -- a file cannot know what was entered in the app: it stays
    or counting.origin = 'entry'
