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
    )

    select
        months.*,
        read_use.active_share,
        read_use.breadth,
        -- without a key action in 90 days nobody used it, where the files count any in these days
        coalesce(months.month between since.counted_from and since.counted_until + 89, false)
        and coalesce(read_use.key_actions, 0) = 0 as is_not_used,
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
    left join read_use
        on months.customer_id = read_use.customer_id and months.month = read_use.day;
