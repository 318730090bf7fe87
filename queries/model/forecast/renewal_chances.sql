-- One row per day asked for and contract open on it: the chance that it renews as was known that day, and where
-- the chance comes from (D10, M30). A mark as lost has no day, so it says nothing of days gone by (B8).
create or replace macro renewal_chances(days) as table
    with sized as (
        select
            fates.*,
            coalesce(customers.size, 'unknown') as size,
        from fates(days) as fates
        left join customers on fates.customer_id = customers.customer_id
    ),

    open_contracts as (
        select
            sized.*,
            forecast_step(sized.end_date - sized.day) as step,
            health_months.quadrant,
        from sized
        left join tend.health_months
            on
                sized.customer_id = health_months.customer_id
                and health_months.month = month_end_by(sized.day)
        where sized.fate = 'open'
    ),

    -- contracts of the past, at each distance from their end at which they were undecided, too
    decided as (
        select
            sized.day,
            sized.size,
            undecided.step,
            undecided.quadrant,
            sized.fate = 'renewed' as is_renewed,
        from sized
        inner join undecided_steps() as undecided on sized.contract_id = undecided.contract_id
        where sized.fate in ('renewed', 'lost') and coalesce(sized.end_date < sized.day, true)
    ),

    overall as (
        select
            day,
            step,
            avg(is_renewed::integer) as rate,
        from decided
        group by day, step
    ),

    -- where none was ever undecided the nearest distance tells, of two the one farther from the end
    nearest as (
        select
            asked.day,
            asked.step,
            min_by(overall.rate, (abs(overall.step - asked.step), -overall.step)) as rate,
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
    ),

    own as (
        select *,
        from process_on(days)
    ),

    compared as (
        select
            open_contracts.* exclude (fate),
            own.stage,
            own.chance as own_chance,
            own.basis as own_basis,
            nearest.rate as overall_rate,
            coalesce(alike.count_decided, 0) as count_decided,
            coalesce(alike.count_renewed, 0) as count_renewed,
        from open_contracts
        left join own
            on
                open_contracts.day = own.day
                and open_contracts.contract_id = own.contract_id
        left join nearest
            on open_contracts.day = nearest.day and open_contracts.step = nearest.step
        left join alike
            on
                open_contracts.day = alike.day
                and open_contracts.step = alike.step
                and open_contracts.size = alike.size
                and alike.is_whole_size = (open_contracts.quadrant is null)
                and alike.quadrant is not distinct from open_contracts.quadrant
    )

    select
        *,
        case
            when own_basis is not null then own_basis
            when quadrant is not null then 'quadrant'
            else 'size'
        end as basis,
        coalesce(
            own_chance,
            -- drawn towards the rate of all at that distance, which weighs as much as ten contracts
            (count_renewed + 10 * overall_rate) / (count_decided + 10)
        ) as chance,
    from compared;
