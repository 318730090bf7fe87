-- One row per sheet of an import with an outcome column: how many of its contracts that are over count as lost only
-- because their outcome is blank and no later contract of the customer is there (M33).
with told as (
    select *,
    from told_contracts
    where is_renewing
),

own as (
    select
        told.*,
        unnest(own_sources) as source,
    from told
),

silent as (
    select own.source.sheet_no,
    from own
    inner join stg_sheets
        on
            own.source.import_id = stg_sheets.import_id
            and own.source.sheet_no = stg_sheets.sheet_no
            and list_contains(stg_sheets.has, 'outcome')
    where
        own.outcome is null
        and own.ended_on is null
        and coalesce(own.meaning not in ('lost', 'ended', 'superseded'), true)
        and own.day_after + $grace_days < $today
        and not exists (
            from told as later
            where
                later.customer_id = own.customer_id
                and later.start_date > coalesce(own.start_date, own.end_date)
        )
)

select
    sheet_no,
    null::integer as row_no,
    'blank_outcomes_lost' as code,
    count(*)::varchar as word,
from silent
group by sheet_no
order by sheet_no
