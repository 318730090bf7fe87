-- One row per customer in force on the as-of date and in the filters: what a CSM looks at first. ARR is that
-- of its contracts in the filters (D6); health is that of the last month end, and of three months before.
create or replace macro customer_stands(filters, as_of) as table
    with given_up as (
        select arr_spans.customer_id,
        from arr_spans
        inner join segments(null, null, filters) as scope
            on arr_spans.contract_id = scope.contract_id
        left join renewals on arr_spans.contract_id = renewals.contract_id
        where as_of between arr_spans.first_day and arr_spans.last_day
        group by arr_spans.customer_id
        having bool_and(coalesce(renewals.is_marked_lost, false))
    )

    select
        in_force.customer_id,
        customers.customer_name,
        coalesce(customers.csm, 'unknown') as csm,
        customers.tier,
        in_force.arr,
        next_ends.contract_id,
        next_ends.end_date,
        next_ends.days_left,
        later.outcome_level,
        later.experience_level,
        coalesce(later.outcome_state, 'unknown') as outcome_state,
        coalesce(later.experience_state, 'unknown') as experience_state,
        later.quadrant,
        before.quadrant as quadrant_before,
        coalesce(direction_of(before.quadrant, later.quadrant) = 'fall', false) as has_fallen,
        touches.last_touch,
        -- null where the data have no touches of the month
        case
            when touches.last_touch >= date_trunc('month', as_of) then true
            when reach.tells_until >= date_trunc('month', as_of) then false
        end as is_touched,
        as_of - touches.last_touch as days_since_touch,
        is_long_untouched(touches.last_touch, reach.tells_until, reach.is_stale, as_of)
            as is_long_untouched,
        coalesce(tasks.open_tasks, 0) as open_tasks,
        coalesce(tasks.overdue_tasks, 0) as overdue_tasks,
        -- all that is in force is marked lost (M31)
        given_up.customer_id is not null as is_given_up,
    from customers_in_force(null, filters, [as_of]) as in_force
    left join customers on in_force.customer_id = customers.customer_id
    left join next_renewals(filters) as next_ends
        on in_force.customer_id = next_ends.customer_id
    left join health_at(as_of) as later on in_force.customer_id = later.customer_id
    left join health_at(last_day((month_end_by(as_of) - interval 3 months)::date)) as before
        on in_force.customer_id = before.customer_id
    left join reach on reach.dataset = 'touches'
    left join last_touches as touches on in_force.customer_id = touches.customer_id
    left join customer_tasks as tasks on in_force.customer_id = tasks.customer_id
    left join given_up on in_force.customer_id = given_up.customer_id;
