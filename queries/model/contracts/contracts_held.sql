-- One row per customer in force on a day and in the filters: the ARR of its contracts there (D6), of them the one that ends
-- next, and whether all that is in force is marked lost (M31).
create or replace macro contracts_held(filters, day) as table
    with given_up as (
        select arr_spans.customer_id,
        from arr_spans
        inner join segments(null, null, filters) as scope
            on arr_spans.contract_id = scope.contract_id
        left join renewals on arr_spans.contract_id = renewals.contract_id
        where day between arr_spans.first_day and arr_spans.last_day
        group by arr_spans.customer_id
        having bool_and(coalesce(renewals.is_marked_lost, false))
    )

    select
        in_force.customer_id,
        in_force.arr,
        in_force.overdue_arr,
        next_ends.contract_id,
        next_ends.end_date,
        next_ends.days_left,
        given_up.customer_id is not null as is_given_up,
    from customers_in_force(null, filters, [day]) as in_force
    left join next_renewals(filters) as next_ends on in_force.customer_id = next_ends.customer_id
    left join given_up on in_force.customer_id = given_up.customer_id;
