-- One row per row of an import and link of its contract that leads nowhere (B3).
with told as (
    select
        *,
        list_contains($one_off_types, coalesce(plain(contract_type), '')) as is_one_off,
    from stg_contracts
),

own as (
    select
        told.*,
        unnest(list_filter(sources, lambda one: one.import_id = $import_id)) as source,
    from told
),

-- an id may hold the signs that part several: first the whole, then its parts (B5)
named as (
    select
        own.contract_id,
        own.customer_id,
        own.start_date,
        own.source,
        trim(unnest(
            case
                when whole.contract_id is not null then [own.previous_contract_id]
                else string_split_regex(own.previous_contract_id, '[;；,，、\n]')
            end
        )) as previous_id,
    from own
    left join told as whole on own.previous_contract_id = whole.contract_id
    where own.previous_contract_id is not null
),

links as (
    select
        named.source,
        named.previous_id as word,
        case
            when old.contract_id is null then 'previous_unknown'
            when old.contract_id = named.contract_id then 'previous_is_itself'
            when old.customer_id <> named.customer_id then 'previous_of_another_customer'
            when old.is_one_off then 'previous_is_one_off'
            when old.start_date >= named.start_date then 'previous_starts_later'
        end as code,
    from named
    left join told as old on named.previous_id = old.contract_id
    where named.previous_id <> ''
)

select distinct
    source.sheet_no,
    source.row_no,
    code,
    word,
from links
where code is not null
order by all
