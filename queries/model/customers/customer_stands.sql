-- One row per customer in force on the as-of date and in the filters: what a CSM looks at first. ARR is that
-- of its contracts in the filters (D6); health is that of the last month end, and of three months before.
create or replace macro customer_stands(filters, as_of) as table
    with in_force as (
        select
            arr_spans.customer_id,
            coalesce(sum(arr_spans.arr), 0) as arr,
        from arr_spans
        inner join
            segments(null, null, filters) as scope
            on arr_spans.contract_id = scope.contract_id
        where as_of between arr_spans.first_day and arr_spans.last_day
        group by arr_spans.customer_id
    ),

    -- the next contract to be renewed
    next_ends as (
        select
            renewals.customer_id,
            min_by(renewals.contract_id, (renewals.end_date, renewals.contract_id)) as contract_id,
            min(renewals.end_date) as end_date,
        from renewals
        inner join
            segments(null, null, filters) as scope
            on renewals.contract_id = scope.contract_id
        where renewals.outcome in ('due', 'overdue') and renewals.end_date is not null
        group by renewals.customer_id
    ),

    tasks as (
        select
            customer_id,
            count(*) filter (where is_open) as open_tasks,
            count(*) filter (where is_overdue) as overdue_tasks,
        from task_states
        group by customer_id
    )

    select
        in_force.customer_id,
        customers.customer_name,
        coalesce(customers.csm, 'unknown') as csm,
        customers.tier,
        in_force.arr,
        next_ends.contract_id,
        next_ends.end_date,
        next_ends.end_date - as_of as days_left,
        later.outcome_level,
        later.experience_level,
        later.quadrant,
        before.quadrant as quadrant_before,
        coalesce(direction_of(before.quadrant, later.quadrant) = 'fall', false) as has_fallen,
        touches.last_touch,
        coalesce(touches.last_touch >= date_trunc('month', as_of), false) as is_touched,
        as_of - touches.last_touch as days_since_touch,
        coalesce(tasks.open_tasks, 0) as open_tasks,
        coalesce(tasks.overdue_tasks, 0) as overdue_tasks,
    from in_force
    left join customers on in_force.customer_id = customers.customer_id
    left join next_ends on in_force.customer_id = next_ends.customer_id
    left join tend.health_months as later
        on in_force.customer_id = later.customer_id and later.month = month_end_by(as_of)
    left join tend.health_months as before
        on
            in_force.customer_id = before.customer_id
            and before.month = last_day((month_end_by(as_of) - interval 3 months)::date)
    left join last_touches as touches on in_force.customer_id = touches.customer_id
    left join tasks on in_force.customer_id = tasks.customer_id;
