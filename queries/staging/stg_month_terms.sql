-- One row per customer, product and run of equal months in matrices of months (M28): a term that is never due.
-- A later file's word on a month wins, 0 ends a run, and who pays in the last month of all still runs.
with accepted as (
    select
        customer_id,
        product,
        coalesce(plain(product), '') as product_key,
        currency,
        amount,
        start_date,
        end_date,
        imported_at::date as import_day,
        {'import_id': import_id, 'sheet_no': sheet_no, 'row_no': row_no} as source,
    from counted_rows('contracts')
    where amount_basis = 'month'
),

latest as (
    select *,
    from accepted
    qualify
        row_number() over (
            partition by customer_id, product_key, start_date
            order by source.import_id desc, source.sheet_no, source.row_no
        ) = 1
),

numbered as (
    select
        *,
        stg_month_ends.last_month,
        -- months in a row with the same amount share what is left of their number
        datediff('month', date '1900-01-01', start_date)
        - row_number() over (
            partition by customer_id, product_key, currency, amount
            order by start_date
        ) as run,
    from latest
    cross join stg_month_ends
),

runs as (
    select
        customer_id,
        currency,
        amount,
        max_by(product, start_date) as product,
        min(start_date) as start_date,
        if(max(start_date) = max(last_month), null, max(end_date)) as end_date,
        min(import_day) as import_day,
        list(distinct source) as sources,
    from numbered
    where amount <> 0
    group by customer_id, product_key, currency, amount, run
)

select
    *,
    'monthly' as amount_basis,
    'M-' || left(md5(concat_ws('|', customer_id, coalesce(plain(product), ''), start_date)), 10)
        as contract_no,
    '' as line,
    true as is_never_due,
from runs
