-- One row per cohort with the shifted-beta-geometric curve fitted to its customers (F5, F7).
create or replace macro cohort_fits(group_by, filters, day) as table
    with series as (
        select
            cohort,
            any_value(customers) as customers,
            max(age) as last_age,
            list(kept_customers::double order by age) as kept,
        from cohort_ages(group_by, filters, day)
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
