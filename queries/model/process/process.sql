-- One row per contract with a word on its renewal process: where it stands, since when, and its own chance.
-- follows: contract_id
with latest as (
    select *,
    from stage_stays
    where until is null
),

given as (
    select
        contract_id,
        max_by(expected_amount, stay) as expected_amount,
    from stage_stays
    where expected_amount is not null
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
    on_day.chance,
    on_day.basis,
from latest
left join given on latest.contract_id = given.contract_id
left join process_on([$as_of::date]) as on_day on latest.contract_id = on_day.contract_id
