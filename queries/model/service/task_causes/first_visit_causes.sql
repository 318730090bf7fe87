-- One row per customer that went live so many days ago as the rule says, or up to `look_back` days more.
create or replace macro first_visit_causes(rules, look_back, as_of) as table
    select
        'first_visit' as cause,
        customer_id,
        go_live_date::varchar as about,
        go_live_date::varchar as mark,
        go_live_date + rules['first_visit'].days as began_on,
        null::double as value,
    from customers
    where go_live_date + rules['first_visit'].days between as_of - look_back and as_of;
