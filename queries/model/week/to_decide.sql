-- One row per thing that waits for a decision: a large critical customer, a contract marked lost before its end, a
-- contradiction between rows of files, data that tell nothing of today. What is new since a day is told where days tell it.
create or replace macro to_decide(filters, first_day, as_of) as table
    with critics as (
        select
            'critical' as kind,
            later.customer_id as about,
            later.customer_id,
            later.arr,
            later.answered_on as day,
            coalesce(before.satisfaction <> 'critical', true) as is_new,
        from sop_cells(as_of, null, filters) as later
        left join sop_cells(first_day, null, filters) as before
            on later.customer_id = before.customer_id
        where later.scale = 'large' and later.satisfaction = 'critical'
    ),

    marked as (
        select
            'marked_lost' as kind,
            contract_id as about,
            customer_id,
            arr,
            loss_reason,
            end_date as day,
        from renewal_list(filters, null, null)
        where is_marked_lost
    ),

    -- the newest word on a contract, where another row gainsays it
    contradicted as (
        select
            'contradiction' as kind,
            contracts.contract_id || '|' || problems.code as about,
            any_value(contracts.customer_id) as customer_id,
            any_value(contracts.arr) as arr,
            problems.code as problem,
            max(imports.imported_at)::date as day,
            max(imports.imported_at)::date > first_day as is_new,
        from (
            select
                *,
                unnest(sources) as source,
                list_max(list_transform(sources, lambda one: one['import_id'])) as newest,
            from contracts
        ) as contracts
        inner join segments(null, null, filters) as scope
            on contracts.contract_id = scope.contract_id
        inner join tend.problems as problems
            on
                contracts.newest = problems.import_id
                and contracts.source.import_id = problems.import_id
                and contracts.source.sheet_no = problems.sheet_no
                and contracts.source.row_no = problems.row_no
        inner join tend.imports as imports on problems.import_id = imports.import_id
        where
            imports.imported_at::date <= as_of
            and problems.code in (
                'lost_but_succeeded', 'number_of_several', 'previous_of_another_customer'
            )
        group by contracts.contract_id, problems.code
    ),

    stale as (
        select
            'stale' as kind,
            dataset as about,
            dataset,
            tells_until as day,
            not is_stale(tells_until, first_day) as is_new,
        from reach
        where is_stale
    )

    from critics
    union all by name
    from marked
    union all by name
    from contradicted
    union all by name
    from stale;
