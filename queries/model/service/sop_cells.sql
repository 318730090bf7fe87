-- One row per customer in force on a day, and segment: its one cell of scale and satisfaction (G2), and the
-- ARR of its contracts there (D6). A grouping by potential is the third axis.
create or replace macro sop_cells(to_day, group_by, filters) as table
    select
        in_force.customer_id,
        if(group_by = 'potential', coalesce(customers.potential, 'unknown'), in_force.segment)
            as segment,
        case
            when not limits.is_scale_by_arr then coalesce(customers.size, 'unknown')
            when customers.arr >= limits.arr_large_from then 'large'
            when customers.arr >= limits.arr_mid_from then 'mid'
            else 'small'
        end as scale,
        coalesce(found.satisfaction, 'not_asked') as satisfaction,
        in_force.arr,
        in_force.overdue_arr,
        found.nps_mean,
        found.csat_share,
        coalesce(found.answers, 0) as answers,
        coalesce(found.promoters, 0) as promoters,
        coalesce(found.detractors, 0) as detractors,
        found.answered_on,
        customers.customer_name,
        customers.csm,
        customers.account_manager,
        customers.potential,
    from customers_in_force(nullif(group_by, 'potential'), filters, [to_day]) as in_force
    cross join satisfaction_limits as limits
    left join customers on in_force.customer_id = customers.customer_id
    left join satisfactions(to_day) as found on in_force.customer_id = found.customer_id;
