-- One row per cohort and age in years: customers and ARR at the start, and of them on their own anniversaries.
create or replace macro cohort_ages(group_by, filters, day) as table
    with members as (
        select *,
        from cohorts(group_by, filters, day)
    ),

    anniversaries as (
        select
            cohort,
            customer_id,
            unnest(generate_series(0, last_age)) as age,
            (first_start + to_years(age::integer))::date as day,
        from members
    ),

    spans as (
        select
            arr_spans.*,
            contracts.end_date,
        from arr_spans
        inner join contracts on arr_spans.contract_id = contracts.contract_id
        inner join segments(null, null, filters) as scope
            on arr_spans.contract_id = scope.contract_id
    ),

    levels as (
        select
            anniversaries.cohort,
            anniversaries.customer_id,
            anniversaries.age,
            coalesce(sum(spans.arr), 0) as arr,
            -- in grace that day: there by grace alone
            coalesce(
                bool_and(spans.is_overdue and anniversaries.day > spans.end_date), false
            ) as is_overdue,
        from anniversaries
        left join spans
            on
                anniversaries.customer_id = spans.customer_id
                and anniversaries.day between spans.first_day and spans.last_day
        group by anniversaries.cohort, anniversaries.customer_id, anniversaries.age
    ),

    held as (
        select
            levels.cohort,
            levels.age,
            levels.arr,
            levels.is_overdue,
            starts.arr as first_arr,
        from levels
        inner join levels as starts
            on levels.customer_id = starts.customer_id and starts.age = 0
    )

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
    from held
    group by cohort, age;
