-- One row per dimension and label that most rows write in another case or width: how they write it (M29); of
-- equally many the first by its signs, so West before west. A label that spells our own word for a missing one is
-- that word (D4). What the row's own cell says stays in the row.
with told as (
    select
        unnest(
            ['industry', 'department', 'region', 'csm', 'tier', 'source_channel', 'potential']
        ) as dimension,
        unnest([industry, department, region, csm, tier, source_channel, potential]) as label,
    from rows_customers
    semi join stg_sheets
        on
            rows_customers.import_id = stg_sheets.import_id
            and rows_customers.sheet_no = stg_sheets.sheet_no
            and stg_sheets.dataset = 'customers'
    union all
    select
        unnest(map_keys(extra)) as dimension,
        unnest(map_values(extra)) as label,
    from rows_customers
    semi join stg_sheets
        on
            rows_customers.import_id = stg_sheets.import_id
            and rows_customers.sheet_no = stg_sheets.sheet_no
            and stg_sheets.dataset = 'customers'
    union all
    select
        unnest(['contract_type', 'product']) as dimension,
        unnest([contract_type, product]) as label,
    from rows_contracts
    semi join stg_sheets
        on
            rows_contracts.import_id = stg_sheets.import_id
            and rows_contracts.sheet_no = stg_sheets.sheet_no
            and stg_sheets.dataset = 'contracts'
),

counted as (
    select
        dimension,
        label,
        folded(label) as folded_label,
        count(*) as count_rows,
    from told
    where label is not null
    group by dimension, label
)

select
    dimension,
    label,
    if(
        folded_label = 'unknown',
        'unknown',
        first(label) over (
            partition by dimension, folded_label
            order by count_rows desc, label
        )
    ) as spelling,
from counted
qualify label <> spelling
