-- One row per word on a contract's renewal process, in their order: the stay it belongs to, and the chance that
-- its stage has by itself. Repeated words of one stage are one stay, left when another begins.
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
)

select
    *,
    $stage_chances[stage] as stage_chance,
    sum((stage_before is distinct from stage)::integer) over (
        partition by contract_id
        order by number
    ) as stay,
from told
