-- One row per contract and day on which a CSM said how its renewal will end, known on the as-of date; of one day the
-- newest import's word counts. Words that nobody knows say nothing.
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
    meant.of_contract as contract_id,
    told.called_on,
    max_by(told.said, told.import_id) as call,
    max_by(told.csm, told.import_id) as csm,
    max_by(told.note, told.import_id) as note,
from told
inner join meant
    on
        told.customer_id is not distinct from meant.customer_id
        and told.contract_id is not distinct from meant.contract_id
        and told.called_on = meant.day
where meant.of_contract is not null and told.said is not null
group by meant.of_contract, told.called_on
