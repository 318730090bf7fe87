-- One row per stay of a contract in a stage: repeated words of one stage are one stay, left when another begins.
with told as (
    select
        *,
        -- of one day the newest import's word counts, within it the stage further on
        lag(stage) over path as stage_before,
        row_number() over path as number,
    from stage_log
    window
        path as (
            partition by contract_id
            order by entered_on, import_id, place nulls first, probability nulls first, stage_text
        )
),

numbered as (
    select
        *,
        sum((stage_before is distinct from stage)::integer) over (
            partition by contract_id
            order by number
        ) as stay,
    from told
),

stays as (
    select
        contract_id,
        stay,
        any_value(stage) as stage,
        max_by(stage_text, number) as stage_text,
        min(entered_on) as since,
        max(import_id) as import_id,
        max_by(probability, number) filter (where probability is not null) as probability,
        max_by(expected_amount, number) filter (where expected_amount is not null)
            as expected_amount,
        max_by(note, number) filter (where note is not null) as note,
    from numbered
    group by contract_id, stay
)

select
    *,
    lead(since) over (partition by contract_id order by stay) as until,
from stays
