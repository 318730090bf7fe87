-- One row per contract and month end asked for: until when its ARR counts, as was known then.
with succeeded as (
    select
        health_asked.month,
        health_asked.contract_id,
        -- a link goes before dates (B4)
        min_by(spells.successor_start, (not spells.is_linked, spells.place)) as successor_start,
    from health_asked
    inner join spells
        on
            health_asked.contract_id = spells.contract_id
            and health_asked.month >= spells.known_from
            and health_asked.month < coalesce(spells.known_until, 'infinity'::date)
    group by health_asked.month, health_asked.contract_id
),

taken_over as (
    select
        health_asked.month,
        health_asked.contract_id,
        min(takeovers.start_date) as start_date,
    from health_asked
    inner join takeovers
        on
            health_asked.contract_id = takeovers.contract_id
            and health_asked.month >= takeovers.known_from
    group by health_asked.month, health_asked.contract_id
),

standing as (
    select
        health_asked.month,
        contracts.*,
        taken_over.start_date as taken_over_from,
        coalesce(
            counts_as_lost(
                health_asked.month, contracts.outcome, contracts.ended_on, contracts.end_date
            ),
            false
        ) as is_lost,
        if(is_lost, null, least(succeeded.successor_start, contracts.followed_from))
            as next_start,
        coalesce(
            health_asked.month between contracts.day_after and contracts.day_after + $grace_days
            and not is_lost
            and not contracts.is_marked_lost
            and not contracts.is_credit
            and next_start is null
            and contracts.outcome is distinct from 'renewed'
            and not coalesce(contracts.ended_on <= health_asked.month, false),
            false
        ) as is_overdue,
        -- given as renewed, with no later contract: it goes on
        coalesce(
            health_asked.month >= contracts.day_after
            and next_start is null
            and contracts.goes_on_until is not null
            and not contracts.is_credit
            and not contracts.is_never_due,
            false
        ) as is_going_on,
    from health_asked
    inner join contracts on health_asked.contract_id = contracts.contract_id
    left join succeeded
        on
            health_asked.month = succeeded.month
            and health_asked.contract_id = succeeded.contract_id
    left join taken_over
        on
            health_asked.month = taken_over.month
            and health_asked.contract_id = taken_over.contract_id
    where health_asked.month >= contracts.known_from
)

select
    month,
    contract_id,
    customer_id,
    if(is_going_on, coalesce(renewed_arr, arr), arr) as arr,
    licensed_users,
    signed_date,
    start_date as first_day,
    if(
        is_going_on,
        least(goes_on_until, taken_over_from - 1),
        last_day_counted(
            month,
            start_date,
            end_date,
            ended_on,
            next_start,
            is_overdue,
            is_lost or is_marked_lost,
            $grace_days
        )
    ) as last_day,
from standing
