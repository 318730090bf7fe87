-- One row per customer, time, kind, CSM and note; of equal ones each by its place among them (M6).
with told as (
    select *,
    from counted_rows('touches')
),

timed as (
    select
        customer_id,
        touched_on,
        kind,
        csm,
        note,
        max(import_id) as import_id,
    from told
    where time_of_day is not null
    group by all
),

accepted as (
    select told.* replace (place_of(told.place) as place),
    from told
    anti join timed
        on
            is_replaced_by_time(told.place, told.import_id, timed.import_id)
            and told.customer_id = timed.customer_id
            and told.touched_on = timed.touched_on
            and told.kind is not distinct from timed.kind
            and told.csm is not distinct from timed.csm
            and told.note is not distinct from timed.note
)

select
    customer_id,
    touched_on,
    time_of_day,
    kind,
    csm,
    note,
    place,
    latest(hours, 'hours', has, import_id) as hours,
    list({'import_id': import_id, 'sheet_no': sheet_no, 'row_no': row_no}) as sources,
from accepted
group by customer_id, touched_on, time_of_day, kind, csm, note, place
