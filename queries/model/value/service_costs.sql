-- One row per customer with touches of the 12 months to a day: service hours and what they cost (E6).
-- A sum of fractions hangs on their order in its last digits: beyond the ninth nothing is said.
create or replace macro service_costs(day, hourly_cost) as table
    select
        customer_id,
        coalesce(round(sum(touches.hours), 9), 0) as hours,
        coalesce(round(sum(touches.hours), 9), 0) * hourly_cost as service_cost,
        count(*) as touches,
    from tend.stg_touches as touches
    where in_year_to(touched_on, day)
    group by customer_id;
