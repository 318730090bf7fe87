-- One row per customer and month end on which a contract in the filters was in force: how the product is used.
create or replace macro usage_months(filters, north_star) as table
    -- a file that does not count key actions does not say that there were none (J3)
    with since as (
        select
            min(period_end) as first_day,
            min(period_end) filter (where measure = north_star and value is not null)
                as counted_from,
            max(period_end) filter (where measure = north_star and value is not null)
                as counted_until,
            max(period_end) as last_day,
        from tend.stg_usage
    ),

    -- wide by one pass: three joins by name would read the values three times
    read_values as (
        select
            customer_id,
            day,
            max(value) filter (where indicator = 'key_actions') as key_actions,
            max(value) filter (where indicator = 'deployment') as active_share,
            max(value) filter (where indicator = 'breadth') as breadth,
        from tend.health_values
        where indicator in ('key_actions', 'deployment', 'breadth')
        group by customer_id, day
    )

    select
        months.*,
        read_values.active_share,
        read_values.breadth,
        -- without a key action in 90 days nobody used it, where the files count any in these days
        coalesce(months.month between since.counted_from and since.counted_until + 89, false)
        and coalesce(read_values.key_actions, 0) = 0 as is_not_used,
        coalesce(since.counted_from <= months.month - 90, false)
        and is_not_used as is_not_used_for_long,
        case
            when
                coalesce(months.month not between since.first_day and since.last_day + 89, true)
                then 'unknown'
            when is_not_used then 'not_at_all'
            when months.outcome_level is null then 'unknown'
            when months.outcome_level = 0 then 'badly'
            else 'well'
        end as state,
    from months_in_scope(filters) as months
    cross join since
    left join read_values
        on months.customer_id = read_values.customer_id and months.month = read_values.day;
