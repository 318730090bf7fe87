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

-- a contract is meant by its number, or as it is shown
numbers as (
    select
        *,
        unnest(list_distinct([contract_no, contract_id])) as number,
    from told
),

-- an id may hold the signs that part several: first the whole, then its parts (B5)
named as (
    select
        own.contract_no,
        own.customer_id,
        own.start_date,
        own.source,
        trim(unnest(
            case
                when
                    own.previous_contract_id in (select numbers.number, from numbers)
                    then [own.previous_contract_id]
                else string_split_regex(own.previous_contract_id, '[;；,，、\n]')
            end
        )) as previous_id,
    from own
    where own.previous_contract_id is not null
),

links as (
    select
        named.source,
        named.previous_id as word,
        case
            when old.contract_id is null then 'previous_unknown'
            when old.customer_id <> named.customer_id then 'previous_of_another_customer'
            when old.contract_no = named.contract_no then 'previous_is_itself'
            when old.is_one_off then 'previous_is_one_off'
            when old.start_date >= named.start_date then 'previous_starts_later'
        end as code,
    from named
    left join numbers as old on named.previous_id = old.number
    where named.previous_id <> ''
    -- of several customers' numbers its own, of several lines one that can be followed
    qualify
        row_number() over (
            partition by named.source, named.previous_id
            order by coalesce(old.customer_id <> named.customer_id, false), code nulls first
        ) = 1
)

select distinct
    source.sheet_no,
    source.row_no,
    code,
    word,
from links
where code is not null
order by all
