-- One row per customer in force on one of two days: where it was, where it went, ARR on the second. Health of the very
-- days is scored for whoever asks (M34), beside the model: the asker hands its rows over.
create or replace macro exact_moves(months, contracts, first_day, last_day, as_of, filters) as table
    with told as (
        select unnest(months) as one,
    ),

    due as (
        select unnest(contracts) as one,
    ),

    standing as (
        select
            told.one.month,
            told.one.customer_id,
            any_value(told.one.outcome_level) as outcome_level,
            any_value(told.one.experience_level) as experience_level,
            any_value(told.one.quadrant) as quadrant,
            coalesce(sum(due.one.arr), 0) as arr,
        from told
        inner join due
            on told.one.month = due.one.month and told.one.customer_id = due.one.customer_id
        inner join segments(null, null, filters) as scope
            on due.one.contract_id = scope.contract_id
        group by told.one.month, told.one.customer_id
    ),

    before as (
        from standing
        where month = since_day(first_day, last_day, as_of)
    ),

    later as (
        from standing
        where month = until_day(last_day, as_of)
    )

    select
        coalesce(later.customer_id, before.customer_id) as customer_id,
        before.quadrant as from_quadrant,
        later.quadrant as to_quadrant,
        direction_of(before.quadrant, later.quadrant) as direction,
        coalesce(later.arr, 0) as arr,
        -- at risk on an axis on which it was not
        coalesce(
            (later.outcome_level = 0 and before.outcome_level > 0)
            or (later.experience_level = 0 and before.experience_level > 0),
            false
        ) as is_into_risk,
    from before
    full join later on before.customer_id = later.customer_id;
