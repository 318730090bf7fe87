-- One row per customer with a contract in the filters, now or before (E6): its ARR and its share of all.
create or replace macro valued_customers(filters, day) as table
    with paid as (
        select
            customer_id,
            coalesce(sum(full_amount), 0) as contracted_to_date,
        from amounts(filters, day)
        group by customer_id
    ),

    valued as (
        select
            paid.customer_id,
            paid.contracted_to_date,
            coalesce(lives.arr, 0) as arr,
            coalesce(lives.overdue_arr, 0) as overdue_arr,
            lives.first_start,
            coalesce(lives.is_in_force, false) as is_in_force,
            if(lives.is_in_force, day, lives.last_day) as until_day,
        from paid
        left join lives(null, filters, day) as lives on paid.customer_id = lives.customer_id
    ),

    whole as (
        -- credits beyond a customer's contracts take no share of what the others pay (K13)
        select nullif(sum(greatest(arr, 0)), 0) as arr,
        from valued
    )

    select
        valued.*,
        greatest(valued.arr, 0) / whole.arr as arr_share,
        row_number() over (order by valued.arr desc, valued.customer_id) as place,
        sum(greatest(valued.arr, 0)) over (
            order by valued.arr desc, valued.customer_id
            rows between unbounded preceding and current row
        ) / whole.arr as cumulative_share,
    from valued
    cross join whole;
