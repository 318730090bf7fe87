-- One row per customer and day: satisfaction with tickets, share solved in time, severe ones open.
-- A ticket's answer is known once it is resolved; none open is 0 where the workspace has tickets by then (J3).
with since as (
    select min(opened_on) as first_day,
    from tend.main.stg_tickets
),

levelled as (
    select
        *,
        coalesce($severity_words[plain(severity)], 'normal') as level,
    from tend.stg_tickets
),

seen as (
    select
        health_points.customer_id,
        health_points.day,
        levelled.level in ('critical', 'high') as is_severe,
        levelled.opened_on > health_points.day - 90 as is_recent,
        coalesce(levelled.resolved_on <= health_points.day, false) as is_resolved,
        levelled.opened_on + $solve_days[levelled.level] as limit_day,
        levelled.resolved_on,
        case
            when
                coalesce(levelled.resolved_on, levelled.opened_on) <= health_points.day
                and coalesce(levelled.resolved_on, levelled.opened_on) > health_points.day - 90
                then levelled.csat / nullif(levelled.csat_scale, 0)
        end as csat,
    from health_points
    inner join levelled
        on
            health_points.customer_id = levelled.customer_id
            and health_points.day >= levelled.opened_on
),

found as (
    select
        customer_id,
        day,
        -- the same satisfaction is to be the same number, whatever it was added up from
        round(avg(csat), 12) as ticket_csat,
        avg(coalesce(is_resolved and resolved_on <= limit_day, false)::integer)
        filter (where is_recent and (is_resolved or day > limit_day)) as solved_in_time,
        count(*) filter (where is_severe and not is_resolved) as open_severe,
    from seen
    group by customer_id, day
)

select
    health_points.customer_id,
    health_points.day,
    found.ticket_csat,
    found.solved_in_time,
    coalesce(found.open_severe, 0) as open_severe,
from health_points
inner join since on health_points.day >= since.first_day
left join found
    on health_points.customer_id = found.customer_id and health_points.day = found.day
