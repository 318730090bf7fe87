-- One row per word on a renewal's process known on the as-of date: of whom it is told, and which contract's renewal is meant.
-- follows: customer_id
with told as (
    select
        * exclude (sources),
        list_max(list_transform(sources, lambda one: one['import_id'])) as import_id,
    from tend.stg_stages
    where entered_on <= $as_of
),

meant as (
    select *,
    from renewals_meant(
        (
            select
                list(
                    {'customer_id': customer_id, 'contract_id': contract_id, 'day': entered_on}
                ),
            from told
        ),
        $grace_days
    )
)

select
    told.customer_id,
    meant.of_contract as contract_id,
    told.stage as stage_text,
    coalesce($stage_words[plain(told.stage)], 'other') as stage,
    $stage_places[$stage_words[plain(told.stage)]] as place,
    told.entered_on,
    told.expected_amount,
    told.probability,
    told.note,
    told.import_id,
from told
inner join meant
    on
        told.customer_id is not distinct from meant.customer_id
        and told.contract_id is not distinct from meant.contract_id
        and told.entered_on = meant.day
where meant.of_contract is not null
