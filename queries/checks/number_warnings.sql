-- One row per row of an import whose contract number another customer has, too (M2). Those of one import were told as it
-- was read.
with own as (
    select
        contract_no,
        customer_id,
        unnest(own_sources) as source,
    from told_contracts
)

select distinct
    own.source.sheet_no,
    own.source.row_no,
    'number_of_several' as code,
    own.contract_no as word,
from own
semi join stg_contracts as other
    on
        own.contract_no = other.contract_no
        and own.customer_id <> other.customer_id
        and not list_contains(
            list_transform(other.sources, lambda one: one['import_id']), $import_id
        )
order by all
