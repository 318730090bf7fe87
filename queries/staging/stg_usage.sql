-- One row per customer, period and measure.
with accepted as (
    select
        rows_usage.* exclude (customer_id),
        stg_identities.customer_id,
    from rows_usage
    inner join stg_sheets
        on
            rows_usage.import_id = stg_sheets.import_id
            and rows_usage.sheet_no = stg_sheets.sheet_no
            and stg_sheets.dataset = 'usage'
    left join stg_identities
        on
            rows_usage.customer_id is not distinct from stg_identities.given_id
            and rows_usage.name_key is not distinct from stg_identities.name_key
)

select
    customer_id,
    period_start,
    period_end,
    granularity,
    measure,
    (max_by({'it': value}, 2 * import_id + (value is not null)::integer)).it as value,
    list({'import_id': import_id, 'sheet_no': sheet_no, 'row_no': row_no}) as sources,
from accepted
group by customer_id, period_start, period_end, granularity, measure
