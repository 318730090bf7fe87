-- One row per word of a CSM on how a renewal will end, known on the as-of date: of whom it is told, and which contract's
-- renewal is meant. Words that nobody knows say nothing.
-- follows: customer_id
with told as (
    select
        * exclude (sources),
        $call_words[plain(call)] as said,
        list_max(list_transform(sources, lambda one: one['import_id'])) as import_id,
    from tend.stg_calls
    where called_on <= $as_of
),

meant as (
    select *,
    from renewals_meant(
        (
            select
                list(
                    {'customer_id': customer_id, 'contract_id': contract_id, 'day': called_on}
                ),
            from told
        ),
        $grace_days
    )
)

select
    told.customer_id,
    meant.of_contract as contract_id,
    told.called_on,
    told.said as call,
    told.csm,
    told.note,
    told.import_id,
from told
inner join meant
    on
        told.customer_id is not distinct from meant.customer_id
        and told.contract_id is not distinct from meant.contract_id
        and told.called_on = meant.day
where meant.of_contract is not null and told.said is not null
