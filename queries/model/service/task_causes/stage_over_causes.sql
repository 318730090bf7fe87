-- One row per renewal that stands in a stage for longer than its tier's limit.
create or replace macro stage_over_causes() as table
    select
        'stage_over' as cause,
        customer_id,
        contract_id as about,
        contract_id || '|' || stage || '|' || since as mark,
        since + limit_days::integer + 1 as began_on,
        days_in_stage::double as value,
    from stage_standing
    where is_over_limit;
