-- One row per customer with its cohort, by year or quarter of its first recurring contract (F1, F4), and the
-- years that every customer of the cohort has reached (F2).
create or replace macro cohorts(group_by, filters, day) as table
    with members as (
        select
            customer_id,
            first_start,
            if(
                group_by = 'quarter',
                year(first_start) || '-Q' || quarter(first_start),
                year(first_start)::varchar
            ) as cohort,
        from lives(null, filters, day)
    ),

    -- the last to begin is the last to reach an age
    latest as (
        select
            cohort,
            floor(months_from(max(first_start), day) / 12)::integer as last_age,
        from members
        group by cohort
    )

    select
        members.customer_id,
        members.first_start,
        members.cohort,
        latest.last_age,
    from members
    inner join latest on members.cohort = latest.cohort
    where latest.last_age >= 0;
