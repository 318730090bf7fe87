-- One row per day asked for and contract open on it: how those alike ended that were as far from their end, as was
-- known that day, and the odds that follow from them (D10, M30).
create or replace macro chances_by_others(days) as table
    with open_contracts as (
        select
            fates.*,
            forecast_step(fates.end_date - fates.day) as step,
            coalesce(customers.size, 'unknown') as size,
            health_months.quadrant,
        from fates(days) as fates
        left join customers on fates.customer_id = customers.customer_id
        left join tend.health_months
            on
                fates.customer_id = health_months.customer_id
                and health_months.month = month_end_by(fates.day)
        where fates.fate = 'open'
    ),

    decided as (
        select *,
        from past_cases(days)
    ),

    overall as (
        select
            day,
            step,
            count(*) as decided,
            count(*) filter (where is_renewed) as renewed,
        from decided
        group by day, step
    ),

    -- where none was ever undecided the nearest distance tells, of two the one farther from the end
    nearest as (
        select
            asked.day,
            asked.step,
            min_by(
                {'renewed': overall.renewed, 'decided': overall.decided},
                (abs(overall.step - asked.step), -overall.step)
            ) as told,
        from (
            select distinct
                day,
                step,
            from open_contracts
        ) as asked
        inner join overall on asked.day = overall.day
        group by asked.day, asked.step
    ),

    alike as (
        select
            day,
            step,
            size,
            quadrant,
            grouping(quadrant) = 1 as is_whole_size,
            count(*) as count_decided,
            count(*) filter (where is_renewed) as count_renewed,
        from decided
        group by grouping sets ((day, step, size), (day, step, size, quadrant))
    )

    select
        open_contracts.* exclude (fate),
        nearest.told.renewed / nearest.told.decided as overall_rate,
        coalesce(alike.count_decided, 0) as count_decided,
        coalesce(alike.count_renewed, 0) as count_renewed,
        odds_learned(
            coalesce(alike.count_renewed, 0),
            coalesce(alike.count_decided, 0),
            nearest.told.renewed,
            nearest.told.decided
        ) as odds,
    from open_contracts
    left join nearest
        on open_contracts.day = nearest.day and open_contracts.step = nearest.step
    left join alike
        on
            open_contracts.day = alike.day
            and open_contracts.step = alike.step
            and open_contracts.size = alike.size
            and alike.is_whole_size = (open_contracts.quadrant is null)
            and alike.quadrant is not distinct from open_contracts.quadrant;
