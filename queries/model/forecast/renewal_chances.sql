-- One row per day asked for and contract open on it: the chance that it renews as was known that day, and where
-- the chance comes from (D10).
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
            health_months.quadrant,
        from sized
        left join tend.health_months
            on
                sized.customer_id = health_months.customer_id
                and health_months.month = month_end_by(sized.day)
        where sized.fate = 'open'
    ),

    -- how they stood 90 days before their end; decided ahead of it, they may have no such month yet
    decided as (
        select
            sized.day,
            sized.size,
            sized.fate = 'renewed' as is_renewed,
            health_months.quadrant,
        from sized
        left join tend.health_months
            on
                sized.customer_id = health_months.customer_id
                and health_months.month = month_end_by(sized.end_date - 90)
                and sized.day >= health_months.month
        where sized.fate in ('renewed', 'lost')
    ),

    overall as (
        select
            day,
            avg(is_renewed::integer) as rate,
        from decided
        group by day
    ),

    alike as (
        select
            day,
            size,
            quadrant,
            grouping(quadrant) = 1 as is_whole_size,
            count(*) as count_decided,
            count(*) filter (where is_renewed) as count_renewed,
        from decided
        group by grouping sets ((day, size), (day, size, quadrant))
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
            overall.rate as overall_rate,
            coalesce(alike.count_decided, 0) as count_decided,
            coalesce(alike.count_renewed, 0) as count_renewed,
        from open_contracts
        left join own
            on
                open_contracts.day = own.day
                and open_contracts.contract_id = own.contract_id
        left join overall on open_contracts.day = overall.day
        left join alike
            on
                open_contracts.day = alike.day
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
            -- drawn towards the overall rate, which weighs as much as ten contracts
            (count_renewed + 10 * overall_rate) / (count_decided + 10)
        ) as chance,
    from compared;
