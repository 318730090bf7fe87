-- One row per day asked for, contract of the past decided by then, and distance from its end at which it was still
-- undecided (M30): its size band, the quadrant its customer stood in at that distance, and whether it was renewed.
create or replace macro past_cases(days) as table
    select
        fates.day,
        undecided.step,
        coalesce(customers.size, 'unknown') as size,
        undecided.quadrant,
        fates.fate = 'renewed' as is_renewed,
    from fates(days) as fates
    inner join undecided_steps() as undecided on fates.contract_id = undecided.contract_id
    left join customers on fates.customer_id = customers.customer_id
    where fates.fate in ('renewed', 'lost') and coalesce(fates.end_date < fates.day, true);
