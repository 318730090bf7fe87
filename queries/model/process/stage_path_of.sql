-- One row per word on the renewal process of the contracts asked for (null: of all), in their order, with the stay it
-- belongs to. Repeated words of one stage are one stay, left when another begins.
-- follows: contract_id
create or replace macro stage_path_of(contract_ids) as table
    with told as (
        select
            *,
            -- of one day the newest import's word counts, within it the stage further on
            lag(stage) over path as stage_before,
            row_number() over path as number,
        from stage_log
        where contract_ids is null or list_contains(contract_ids, contract_id)
        window
            path as (
                partition by contract_id
                order by
                    entered_on, import_id, place nulls first, probability nulls first, stage_text
            )
    )

    select
        *,
        sum((stage_before is distinct from stage)::integer) over (
            partition by contract_id
            order by number
        ) as stay,
    from told;
