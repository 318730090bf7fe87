-- One row per accepted row that names a customer, from whichever data set.
with mentions as (
    select 'customers' as dataset, import_id, sheet_no, row_no, customer_id, customer_name, name_key from rows_customers
    union all
    select 'contracts' as dataset, import_id, sheet_no, row_no, customer_id, customer_name, name_key from rows_contracts
    union all
    select 'usage' as dataset, import_id, sheet_no, row_no, customer_id, customer_name, name_key from rows_usage
    union all
    select 'surveys' as dataset, import_id, sheet_no, row_no, customer_id, customer_name, name_key from rows_surveys
    union all
    select 'touches' as dataset, import_id, sheet_no, row_no, customer_id, customer_name, name_key from rows_touches
    union all
    select 'stages' as dataset, import_id, sheet_no, row_no, customer_id, customer_name, name_key from rows_stages
    union all
    select 'tickets' as dataset, import_id, sheet_no, row_no, customer_id, customer_name, name_key from rows_tickets
)

select
    mentions.dataset,
    mentions.import_id,
    mentions.sheet_no,
    mentions.customer_id,
    mentions.name_key,
    min(mentions.row_no) as row_no,
    min_by(mentions.customer_name, mentions.row_no) as customer_name,
from mentions
inner join stg_sheets
    on
        mentions.import_id = stg_sheets.import_id
        and mentions.sheet_no = stg_sheets.sheet_no
        and mentions.dataset = stg_sheets.dataset
where mentions.customer_id is not null or mentions.name_key is not null
group by all
