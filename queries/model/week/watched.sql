-- One row per content that came by the watched folder up to the as-of date, and where it stands now: its import tells, else
-- what a person said. One that waits is nobody's question any more once a newer one of its name has come.
with imported as (
    select
        content_hash,
        max(import_id) as import_id,
        bool_or(undone_at is null) as is_there,
    from tend.imports
    group by content_hash
),

newest as (
    select
        folder,
        file,
        max(arrival) as arrival,
    from tend.watched_files
    group by folder, file
)

select
    files.arrival,
    files.content_hash,
    files.file,
    files.folder,
    files.arrived_at,
    imported.import_id,
    files.code,
    files.params,
    case
        when imported.is_there then 'in'
        when imported.import_id is not null then 'taken_back'
        when files.left_out_at is not null then 'left_out'
        when files.arrival < newest.arrival then 'newer'
        when files.is_refused then 'refused'
        else 'waits'
    end as state,
from tend.watched_files as files
left join imported on files.content_hash = imported.content_hash
left join newest on files.folder = newest.folder and files.file = newest.file
where files.arrived_at::date <= $as_of
