-- One row per customer in force that nobody touched this month, from the rule's day of the month on. Where the newest touch
-- of all is long ago, data are missing, not touches (M36).
create or replace macro not_touched_causes(filters, rules, as_of) as table
    select
        'not_touched' as cause,
        in_force.customer_id,
        strftime(as_of, '%Y-%m') as about,
        strftime(as_of, '%Y-%m') as mark,
        as_of as began_on,
        null::double as value,
    from contracts_held_in(filters, as_of) as in_force
    inner join reach on reach.dataset = 'touches' and not reach.is_stale
    left join last_touches on in_force.customer_id = last_touches.customer_id
    where
        day(as_of) >= least(rules['not_touched'].days, day(last_day(as_of)))
        and coalesce(last_touches.last_touch < date_trunc('month', as_of), true);
