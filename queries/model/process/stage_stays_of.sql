-- One row per stay of the contracts asked for (null: of all) in a stage, from the first word of it to the first of another.
-- follows: contract_id
create or replace macro stage_stays_of(contract_ids) as table
    with stays as (
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
        from stage_path_of(contract_ids)
        group by contract_id, stay
    )

    select
        *,
        lead(since) over (partition by contract_id order by stay) as until,
    from stays;
