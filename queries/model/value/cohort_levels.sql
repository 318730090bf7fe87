-- One row per customer of a cohort and age in years that all of it have reached: its ARR at the start, and on its anniversary.
create or replace macro cohort_levels(group_by, filters, day) as table
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
    )

    select
        levels.*,
        starts.arr as first_arr,
    from levels
    inner join levels as starts
        on levels.customer_id = starts.customer_id and starts.age = 0;
