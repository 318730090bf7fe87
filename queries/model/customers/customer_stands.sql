-- One row per customer in force on the as-of date and in the filters: what a CSM looks at first. ARR is that
-- of its contracts in the filters (D6); health is that of the last month end, and of three months before.
create or replace macro customer_stands(filters, as_of) as table
    select
        held.customer_id,
        customers.customer_name,
        coalesce(customers.csm, 'unknown') as csm,
        customers.tier,
        held.arr,
        held.contract_id,
        held.end_date,
        held.days_left,
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
        held.is_given_up,
    from contracts_held_in(filters, as_of) as held
    left join customers on held.customer_id = customers.customer_id
    left join health_at(as_of) as later on held.customer_id = later.customer_id
    left join health_at(last_day((month_end_by(as_of) - interval 3 months)::date)) as before
        on held.customer_id = before.customer_id
    left join reach on reach.dataset = 'touches'
    left join last_touches as touches on held.customer_id = touches.customer_id
    left join customer_tasks as tasks on held.customer_id = tasks.customer_id;
