-- One row per customer, product and run of equal months in matrices of months (M28): a term that is never due.
-- A later file's word on a month wins, 0 ends a run, and who pays in the last month of all still runs.
with accepted as (
    select
        stg_identities.customer_id,
        rows_contracts.product,
        coalesce(plain(rows_contracts.product), '') as product_key,
        rows_contracts.currency,
        rows_contracts.amount,
        rows_contracts.start_date,
        rows_contracts.end_date,
        stg_sheets.imported_at::date as import_day,
        {
            'import_id': rows_contracts.import_id,
            'sheet_no': rows_contracts.sheet_no,
            'row_no': rows_contracts.row_no
        } as source,
    from rows_contracts
    inner join stg_sheets
        on
            rows_contracts.import_id = stg_sheets.import_id
            and rows_contracts.sheet_no = stg_sheets.sheet_no
            and stg_sheets.dataset = 'contracts'
    left join stg_identities
        on
            rows_contracts.customer_id is not distinct from stg_identities.given_id
            and rows_contracts.name_key is not distinct from stg_identities.name_key
    where rows_contracts.amount_basis = 'month'
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

ends as (
    select max(start_date) as last_month,
    from latest
),

numbered as (
    select
        *,
        ends.last_month,
        -- months in a row with the same amount share what is left of their number
        datediff('month', date '1900-01-01', start_date)
        - row_number() over (
            partition by customer_id, product_key, currency, amount
            order by start_date
        ) as run,
    from latest
    cross join ends
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
        as contract_id,
    true as is_never_due,
from runs
