-- One row per contract due or overdue: the chance that it renews, and where the chance comes from (D10).
create or replace macro renewal_chances(as_of) as table
    with decided as (
        select
            renewals.is_renewed,
            coalesce(customers.size, 'unknown') as size,
            foretold.quadrant,
        from renewals
        left join foretold(as_of) as foretold on renewals.contract_id = foretold.contract_id
        left join customers on renewals.customer_id = customers.customer_id
        where renewals.is_decided
    ),

    overall as (
        select avg(is_renewed::integer) as rate,
        from decided
    ),

    by_size as (
        select
            size,
            count(*) as count_decided,
            count(*) filter (where is_renewed) as count_renewed,
        from decided
        group by size
    ),

    by_quadrant as (
        select
            size,
            quadrant,
            count(*) as count_decided,
            count(*) filter (where is_renewed) as count_renewed,
        from decided
        where quadrant is not null
        group by size, quadrant
    ),

    open_contracts as (
        select
            renewals.*,
            coalesce(customers.size, 'unknown') as size,
            health_months.quadrant,
            process.stage,
            process.chance as own_chance,
            process.basis as own_basis,
        from renewals
        left join customers on renewals.customer_id = customers.customer_id
        left join process on renewals.contract_id = process.contract_id
        left join tend.health_months
            on
                renewals.customer_id = health_months.customer_id
                and health_months.month = month_end_by(as_of)
        where renewals.outcome in ('due', 'overdue')
    ),

    compared as (
        select
            open_contracts.*,
            overall.rate as overall_rate,
            if(
                open_contracts.quadrant is null,
                coalesce(by_size.count_decided, 0),
                coalesce(by_quadrant.count_decided, 0)
            ) as count_decided,
            if(
                open_contracts.quadrant is null,
                coalesce(by_size.count_renewed, 0),
                coalesce(by_quadrant.count_renewed, 0)
            ) as count_renewed,
        from open_contracts
        cross join overall
        left join by_size on open_contracts.size = by_size.size
        left join by_quadrant
            on
                open_contracts.size = by_quadrant.size
                and open_contracts.quadrant = by_quadrant.quadrant
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
