-- One row per cohort with the shifted-beta-geometric curve fitted to its customers (F5, F7). Where somebody is overdue at
-- an age, nobody knows yet how many were kept: the fit ends before it (M20).
create or replace macro cohort_fits(group_by, filters, day) as table
    with seen as (
        select
            *,
            max(age) over (partition by cohort) as last_seen,
            min(if(overdue_customers > 0, age, null)) over (partition by cohort) as first_open,
        from cohort_ages(group_by, filters, day)
    ),

    series as (
        select
            cohort,
            any_value(customers) as customers,
            any_value(last_seen) as last_seen,
            max(age) as last_age,
            list(kept_customers::double order by age) as kept,
        from seen
        where age < coalesce(first_open, age + 1)
        group by cohort
    ),

    fitted as (
        select
            *,
            sbg_fit(kept) as fit,
        from series
    )

    select
        *,
        -- two parameters rest on two ages alone, and losses at one age say nothing of the next
        last_age >= 3 and len(
            list_filter(
                range(2, last_age + 2),
                lambda place: kept[place] < list_min(list_slice(kept, 1, place - 1))
            )
        ) >= 2 as is_steady,
        -- null where there is none
        fit['alpha'] as alpha,
        fit['beta'] as beta,
        fit['log_likelihood'] as log_likelihood,
    from fitted;
