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
),

-- most measures of a period stand in one row and need no folding
repeated as (
    select
        customer_id,
        period_start,
        granularity,
        measure,
    from accepted
    group by customer_id, period_start, granularity, measure
    having count(*) > 1
),

folded as (
    select
        customer_id,
        period_start,
        granularity,
        measure,
        max_by(period_end, import_id) as period_end,
        (max_by({'it': value}, 2 * import_id + (value is not null)::integer)).it as value,
        list({'import_id': import_id, 'sheet_no': sheet_no, 'row_no': row_no}) as sources,
    from accepted
    semi join repeated using (customer_id, period_start, granularity, measure)
    group by customer_id, period_start, granularity, measure
)

select *,
from folded
union all by name
select
    customer_id,
    period_start,
    granularity,
    measure,
    period_end,
    value,
    [{'import_id': import_id, 'sheet_no': sheet_no, 'row_no': row_no}] as sources,
from accepted
anti join repeated using (customer_id, period_start, granularity, measure)
