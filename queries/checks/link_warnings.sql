-- One row per row of an import and link of its contract that leads nowhere (B3).
with own as (
    select
        *,
        unnest(own_sources) as source,
    from told_contracts
),

-- an id may hold the signs that part several: first the whole, then its parts (B5)
given as (
    select
        *,
        string_split_regex(previous_contract_id, '[;；,，、\n]') as parts,
    from own
    where previous_contract_id is not null
),

wanted as (
    select distinct
        unnest(
            list_append(list_transform(parts, lambda one: trim(one)), previous_contract_id)
        ) as number,
    from given
),

-- a contract is meant by its number, or as it is shown; anybody's, as it may be another customer's
there as (
    select stg_contracts.contract_no as number,
    from stg_contracts
    semi join wanted on stg_contracts.contract_no = wanted.number
    union
    select stg_contracts.contract_id as number,
    from stg_contracts
    semi join wanted on stg_contracts.contract_id = wanted.number
),

theirs as (
    select
        *,
        unnest(list_distinct([contract_no, contract_id])) as number,
    from told_contracts
),

-- a customer's lines of a number at once: each may be named by as many, so no pairs are made of them
known as (
    select
        number,
        customer_id,
        contract_no,
        min(coalesce(start_date, '-infinity'::date)) filter (where not is_one_off) as first_start,
        bool_or(is_one_off) as has_one_off,
    from theirs
    group by all
),

named as (
    select
        contract_no,
        customer_id,
        start_date,
        source,
        trim(unnest(
            if(
                previous_contract_id in (select there.number, from there),
                [previous_contract_id],
                parts
            )
        )) as previous_id,
    from given
),

links as (
    select
        named.source,
        named.previous_id as word,
        case
            when
                known.number is null
                and named.previous_id not in (select there.number, from there)
                then 'previous_unknown'
            when known.number is null then 'previous_of_another_customer'
            when known.contract_no = named.contract_no then 'previous_is_itself'
            -- one of its lines can be followed
            when known.first_start < coalesce(named.start_date, 'infinity'::date) then null
            when known.has_one_off then 'previous_is_one_off'
            else 'previous_starts_later'
        end as code,
    from named
    left join known
        on
            named.previous_id = known.number
            and named.customer_id = known.customer_id
    where named.previous_id <> ''
    -- a number may be how another contract is shown: what can be followed is meant
    qualify
        row_number() over (
            partition by named.source, named.previous_id
            order by code nulls first
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
