-- One row per word on a contract's renewal process known on the as-of date; a word on a customer is of the
-- first contract that ends, its grace included, not before that day.
with first_ends as (
    select
        stg_stages.customer_id,
        stg_stages.entered_on,
        stg_stages.stage,
        min_by(renewals.contract_id, (renewals.end_date, renewals.contract_id)) as contract_id,
    from tend.stg_stages
    inner join renewals
        on
            stg_stages.customer_id = renewals.customer_id
            and renewals.end_date + $grace_days >= stg_stages.entered_on
    where stg_stages.contract_id is null
    group by stg_stages.customer_id, stg_stages.entered_on, stg_stages.stage
)

select
    coalesce(stg_stages.contract_id, first_ends.contract_id) as contract_id,
    stg_stages.stage as stage_text,
    coalesce($stage_words[plain(stg_stages.stage)], 'other') as stage,
    $stage_places[$stage_words[plain(stg_stages.stage)]] as place,
    stg_stages.entered_on,
    stg_stages.expected_amount,
    stg_stages.probability,
    stg_stages.note,
    list_max(list_transform(stg_stages.sources, lambda one: one['import_id'])) as import_id,
from tend.stg_stages
left join first_ends
    on
        stg_stages.contract_id is null
        and stg_stages.customer_id = first_ends.customer_id
        and stg_stages.entered_on = first_ends.entered_on
        and stg_stages.stage = first_ends.stage
where
    stg_stages.entered_on <= $as_of
    and coalesce(stg_stages.contract_id, first_ends.contract_id) is not null
