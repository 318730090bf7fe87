-- One row per row of an import and thing about its contract that deserves a warning (B3, B7, B9):
-- a link that leads nowhere, a mark that a successor contradicts, a status that changes nothing.
with told as (
    select
        *,
        $status_words[letters(status)] as meaning,
        coalesce($status_words[letters(status)] = 'not_counted', false)
        or not is_won(deal_status, $status_words) as is_void,
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
),

marked as (
    select *,
    from own
    where
        ended_on is not null
        or is_void
        or meaning in ('lost', 'renewed')
),

-- an inner join: beside a left join such conditions are tried on every pair of rows
followed as (
    select distinct own.contract_id,
    from marked as own
    inner join told as new
        on
            own.customer_id = new.customer_id
            and own.contract_id <> new.contract_id
            and not new.is_void
            and not new.is_one_off
            and own.start_date < new.start_date
            and new.start_date <= own.day_after + $grace_days
            and (
                contains(coalesce(new.previous_contract_id, ''), own.contract_id)
                or (
                    new.previous_contract_id is null
                    and new.start_date >= own.day_after - $early_days
                    and coalesce(plain(new.product) = plain(own.product), true)
                )
            )
),

marks as (
    select
        own.source,
        if(is_won(own.deal_status, $status_words), own.status, own.deal_status) as word,
        case
            when own.is_void then 'not_counted'
            when
                followed.contract_id is not null
                and (own.ended_on is not null or own.meaning = 'lost')
                then 'lost_but_succeeded'
            when
                followed.contract_id is null
                and own.outcome is null
                and own.meaning = 'renewed'
                then 'renewed_without_successor'
        end as code,
    from marked as own
    left join followed on own.contract_id = followed.contract_id
),

everything as (
    select *,
    from links
    union all by name
    select *,
    from marks
)

select distinct
    source.sheet_no,
    source.row_no,
    code,
    word,
from everything
where code is not null
order by all
