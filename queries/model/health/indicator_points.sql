-- One row per customer, or of one of them, and indicator with data at a month end: value, limits, points then.
create or replace macro indicator_points(at_month, customer := null) as table
    select
        health_months.customer_id,
        health_indicators.indicator,
        health_indicators.score,
        health_indicators.weight,
        health_values.value,
        coalesce(health_indicators.low, own.low, overall.low) as low,
        coalesce(health_indicators.high, own.high, overall.high) as high,
        points(
            health_values.value,
            coalesce(health_indicators.low, own.low, overall.low),
            coalesce(health_indicators.high, own.high, overall.high),
            health_indicators.is_more_better
        ) as points,
        -- what the indicator gives to its score: they add up to it
        health_indicators.weight * points / sum(health_indicators.weight) over (
            partition by health_months.customer_id, health_indicators.score
        ) as part,
    from tend.health_months
    inner join tend.health_values
        on
            health_months.customer_id = health_values.customer_id
            and health_months.month = health_values.day
    inner join tend.health_indicators on health_values.indicator = health_indicators.indicator
    left join tend.stg_customers on health_months.customer_id = stg_customers.customer_id
    left join tend.health_limits as own
        on
            health_months.month = own.month
            and health_values.indicator = own.indicator
            and stg_customers.industry = own.industry
    left join tend.health_limits as overall
        on
            health_months.month = overall.month
            and health_values.indicator = overall.indicator
            and overall.industry is null
    where
        health_months.month = at_month
        and (customer is null or health_months.customer_id = customer)
        and coalesce(health_indicators.low, own.low, overall.low) is not null
        and coalesce(health_indicators.high, own.high, overall.high) is not null;
