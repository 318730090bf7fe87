-- One row per notebook and cell, as plain text; what stands before the cells is cell 0. The cells of the newest version
-- are the whole notebook: it takes the place of the one before.
with newest as (
    select
        *,
        max(import_id) over (partition by notebook_id) as newest_id,
    from counted_rows('notebooks')
)

select
    notebook_id,
    cell_no,
    any_value(customer_id) as customer_id,
    any_value(notebook) as notebook,
    any_value(cell) as cell,
    case
        when plain(any_value(notebook_state)) in ('pinned', '已固定') then 'pinned'
        when plain(any_value(notebook_state)) in ('deleted', '已删除') then 'deleted'
    end as notebook_state,
    newest_id as version,
    list({'import_id': import_id, 'sheet_no': sheet_no, 'row_no': row_no}) as sources,
from newest
where import_id = newest_id
group by notebook_id, cell_no, newest_id
