-- One row per segment with ARR on a day: lifetime from the logo renewal rate of the 12 months to it, and what
-- a customer is worth over it (S1, E5).
create or replace macro lifetime_values(group_by, filters, day, margin) as table
    with held as (
        select
            lives.segment,
            count(*) as customers,
            sum(lives.arr) as arr,
            avg(customers.acquisition_cost) as cac,
            count(customers.acquisition_cost) as customers_with_cac,
        from lives(group_by, filters, day) as lives
        left join customers on lives.customer_id = customers.customer_id
        where lives.arr > 0
        group by lives.segment
    ),

    rated as (
        select
            held.*,
            held.arr / held.customers as arr_per_customer,
            measures.customers_decided,
            measures.customers_renewed,
            measures.logo_renewal_rate,
        from held
        left join
            renewal_measures(
                group_by, null, filters, year_to(day), day
            ) as measures
            on held.segment = measures.segment
    ),

    lived as (
        select
            *,
            -- nothing lost or nothing decided: no number of years can be told
            if(logo_renewal_rate < 1, 1 / nullif(1 - logo_renewal_rate, 0), null)
                as lifetime_years,
        from rated
    )

    select
        *,
        arr_per_customer * margin * lifetime_years as ltv,
        arr_per_customer * margin * lifetime_years / nullif(cac, 0) as ltv_cac,
    from lived;
