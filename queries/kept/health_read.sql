-- One row per customer, day and indicator with data, of the days that are read now.
with wide as (
    select
        health_points.customer_id,
        health_points.day,
        (
            usage.active_users
            / nullif(coalesce(usage.licensed_users, health_points.licensed_users), 0))::double
            as deployment,
        usage.depth::double as depth,
        (usage.depth / nullif(usage.depth_before, 0) - 1)::double as trend,
        usage.breadth::double as breadth,
        -- no indicator by itself: it tells who uses the product at all
        usage.key_actions::double as key_actions,
        touches.engagement::double as engagement,
        surveys.nps::double as nps,
        surveys.sentiment::double as sentiment,
        tickets.ticket_csat::double as ticket_csat,
        tickets.solved_in_time::double as solved_in_time,
        tickets.open_severe::double as open_severe,
    from health_points
    left join health_usage as usage using (customer_id, day)
    left join health_touches as touches using (customer_id, day)
    left join health_surveys as surveys using (customer_id, day)
    left join health_tickets as tickets using (customer_id, day)
)

select
    customer_id,
    day,
    indicator,
    value,
from
    wide unpivot (
    value for indicator in (
        deployment, depth, trend, breadth, key_actions, engagement,
        nps, sentiment, ticket_csat, solved_in_time, open_severe
    )
)
union all
select
    customer_id,
    day,
    indicator,
    value,
from health_measures
union all
select
    customer_id,
    day,
    indicator,
    value,
from health_vanished
-- joins on sorted rows are twice as fast, and there are many
order by customer_id, day
