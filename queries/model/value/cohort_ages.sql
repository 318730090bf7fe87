-- One row per cohort and age in years: customers and ARR at the start, and of them on their own anniversaries.
create or replace macro cohort_ages(group_by, filters, day) as table
    select
        cohort,
        age,
        count(*) as customers,
        count(*) filter (where arr > 0) as kept_customers,
        sum(first_arr) as arr,
        -- growth here never hides a loss there (F3)
        sum(kept_of(arr, first_arr)) as kept_arr,
        sum(arr) as arr_now,
        count(*) filter (where is_overdue) as overdue_customers,
    from cohort_levels(group_by, filters, day)
    group by cohort, age;
