-- One row per contract with a word on its renewal process: where it stands, since when, and its own chance.
with latest as (
    select *,
    from stage_stays
    where until is null
),

given as (
    select
        contract_id,
        max_by(probability, stay) as probability,
        max_by(expected_amount, stay) filter (where expected_amount is not null)
            as expected_amount,
    from stage_stays
    where probability is not null or expected_amount is not null
    group by contract_id
)

select
    latest.contract_id,
    latest.stage,
    latest.stage_text,
    latest.since,
    latest.import_id,
    latest.note,
    given.expected_amount,
    -- the newest chance that was given; what the stage itself says is newer than one given before it
    coalesce(latest.probability, $stage_chances[latest.stage], given.probability) as chance,
    case
        when latest.probability is not null then 'probability'
        when $stage_chances[latest.stage] is not null then 'stage'
        when given.probability is not null then 'probability'
    end as basis,
from latest
left join given on latest.contract_id = given.contract_id
