-- One row per customer in the filters, with a contract or without: how it stands on the as-of date. ARR is that of
-- its contracts in the filters (D6); health is told of those in force.
create or replace macro customers_listed(filters, as_of) as table
    with everybody as (
        select customer_id,
        from customer_segments(null, filters, as_of)
        union
        select customer_id,
        from valued_customers(filters, as_of)
    )

    select
        everybody.customer_id,
        coalesce(customers.customer_name, everybody.customer_id) as customer_name,
        case
            when valued.is_in_force then 'in_force'
            when valued.until_day is null then 'none'
            else 'former'
        end as standing,
        if(valued.is_in_force, coalesce(health.outcome_state, 'unknown'), null) as outcome_state,
        if(valued.is_in_force, coalesce(health.experience_state, 'unknown'), null)
            as experience_state,
        coalesce(valued.arr, 0) as arr,
        paths.path,
        ends.end_date,
        ends.days_left,
        touches.last_touch,
        as_of - touches.last_touch as days_since_touch,
        is_long_untouched(touches.last_touch, reach.tells_until, reach.is_stale, as_of)
            as is_long_untouched,
        customers.csm,
        coalesce(customers.tier, 'unknown') as tier,
        if(valued.is_in_force, health.quadrant, null) as quadrant,
        if(valued.is_in_force, before.quadrant, null) as from_quadrant,
        if(valued.is_in_force, health.outcome_score, null) as outcome_score,
        if(valued.is_in_force, health.experience_score, null) as experience_score,
        cells.scale,
        cells.satisfaction,
        cells.nps_mean,
        lives.stage as life_stage,
        valued.arr_share,
        coalesce(valued.overdue_arr, 0) as overdue_arr,
        coalesce(valued.contracted_to_date, 0) as contracted_to_date,
        months_from(valued.first_start, valued.until_day) as months,
        coalesce(tasks.open_tasks, 0) as open_tasks,
        coalesce(tasks.overdue_tasks, 0) as overdue_tasks,
        customers.account_manager,
        customers.industry,
        customers.size,
        customers.region,
        customers.department,
        customers.source_channel,
        ends.contract_id,
    from everybody
    left join customers on everybody.customer_id = customers.customer_id
    left join valued_customers(filters, as_of) as valued
        on everybody.customer_id = valued.customer_id
    left join health_at(as_of) as health on everybody.customer_id = health.customer_id
    left join health_at(last_day((month_end_by(as_of) - interval 3 months)::date)) as before
        on everybody.customer_id = before.customer_id
    left join score_paths(as_of) as paths on everybody.customer_id = paths.customer_id
    left join next_renewals(filters) as ends on everybody.customer_id = ends.customer_id
    left join reach on reach.dataset = 'touches'
    left join last_touches as touches on everybody.customer_id = touches.customer_id
    left join sop_cells(as_of, null, filters) as cells
        on everybody.customer_id = cells.customer_id
    left join lifecycle_stages(filters, as_of) as lives
        on everybody.customer_id = lives.customer_id
    left join customer_tasks as tasks on everybody.customer_id = tasks.customer_id;
