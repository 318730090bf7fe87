-- One row per customer whose health or use turned for the worse and stays so. A fall is news for a while; what lasts
-- is a cause however long ago it began, by its newest beginning.
create or replace macro customers_turned(
    filters, low_active_share, north_star, look_back, as_of
) as table
    select
        cause,
        customer_id,
        strftime(month, '%Y-%m') as about,
        month::varchar as mark,
        month as began_on,
        coalesce(value, to_quadrant)::double as value,
    from health_news(filters, low_active_share, north_star, null, null, as_of)
    where
        cause in ('quadrant_fall', 'low_active_share', 'single_feature')
        and is_lasting
        and (cause <> 'quadrant_fall' or month >= as_of - look_back)
    qualify
        cause = 'quadrant_fall'
        or row_number() over (partition by customer_id, cause order by month desc) = 1;
