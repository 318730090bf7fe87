-- One row per contract and distance from its end at which it was still undecided, in days left: the quadrant its
-- customer stood in that day (M30). One without an end has only the farthest distance.
create or replace macro undecided_steps() as table
    with steps as (
        select unnest(forecast_steps()) as step,
    ),

    asked as (
        select
            decisions.*,
            steps.step,
            decisions.end_date - steps.step as day,
        from decisions
        cross join steps
        where decisions.end_date is not null or steps.step = 90
    )

    select
        asked.contract_id,
        asked.step,
        health_months.quadrant,
    from asked
    left join tend.health_months
        on
            asked.customer_id = health_months.customer_id
            and health_months.month = month_end_by(asked.day)
    where
        asked.end_date is null
        or fate(
            asked.day,
            asked.known_from,
            asked.given_lost_from,
            asked.renewed_from,
            asked.lost_from,
            asked.seemed_from,
            asked.seemed_until
        ) = 'open';
