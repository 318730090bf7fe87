-- One row per row of an import whose contract has a mark that a successor contradicts (B7), or that changes nothing (B9).
with own as (
    select
        *,
        unnest(own_sources) as source,
    from told_contracts
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
    inner join told_contracts as new
        on
            own.customer_id = new.customer_id
            and own.contract_id <> new.contract_id
            and new.is_renewing
            and own.start_date < new.start_date
            and new.start_date <= own.day_after + $grace_days
            and (
                contains(coalesce(new.previous_contract_id, ''), own.contract_no)
                or (
                    new.previous_contract_id is null
                    and not new.is_add_on
                    and new.start_date >= own.day_after - $early_days
                    and coalesce(own.product_word = new.product_word, true)
                    and (
                        new.start_date >= own.day_after - 31
                        or new.currency is distinct from own.currency
                        or 2 * new.annual_amount >= own.annual_amount
                    )
                )
            )
),

marks as (
    select
        own.source,
        if(own.is_deal_won, own.status, own.deal_status) as word,
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
)

select distinct
    source.sheet_no,
    source.row_no,
    code,
    word,
from marks
where code is not null
order by all
