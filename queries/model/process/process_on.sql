-- One row per day asked for and contract with a word on its renewal process by then: its stage and own chance.
-- follows: contract_id
create or replace macro process_on(days) as table
    with moments as (
        select unnest(days) as day,
    ),

    known as (
        select
            moments.day,
            stage_path.*,
            max(stage_path.number)
                over (partition by moments.day, stage_path.contract_id)
                as newest,
            max(stage_path.stay)
                over (partition by moments.day, stage_path.contract_id)
                as newest_stay,
        from moments
        inner join stage_path on moments.day >= stage_path.entered_on
    ),

    latest as (
        select
            day,
            contract_id,
            any_value(stage) filter (where number = newest) as stage,
            any_value(stage_chance) filter (where number = newest) as stage_chance,
            max_by(probability, number) filter (where stay = newest_stay) as stay_probability,
            max_by(probability, number) as given_probability,
        from known
        group by day, contract_id
    )

    select
        day,
        contract_id,
        stage,
        -- the newest chance that was given; what the stage itself says is newer than one given before it
        coalesce(stay_probability, stage_chance, given_probability) as chance,
        case
            when stay_probability is not null then 'probability'
            when stage_chance is not null then 'stage'
            when given_probability is not null then 'probability'
        end as basis,
    from latest;
