-- One row per contract and month end that is made anew: until when its ARR counts, as was known then. Of the month
-- ends on which it may be in force, and those on which a renewal of its customer is first looked back on.
with month_ends as (
    select
        last_day(unnest(range(
            greatest(
                $first_day,
                date_trunc('month', (
                    select min(contracts.start_date),
                    from contracts
                ))
            ),
            $today + 1,
            interval 1 month
        ))::date) as month,
),

asked as (
    select
        contracts.contract_id,
        month_ends.month,
    from contracts
    inner join month_ends
        on
            month_ends.month >= contracts.start_date
            -- a successor in time, or its absence, is known when grace is over
            and month_ends.month
            <= coalesce(contracts.end_date + 1 + $grace_days::integer, 'infinity'::date)
    where month_ends.month <= $today
    union
    select
        contracts.contract_id,
        health_renewed.month,
    from health_renewed
    inner join contracts
        on
            health_renewed.customer_id = contracts.customer_id
            and health_renewed.day >= contracts.start_date
    where health_renewed.is_first
),

-- a link goes before dates (B4)
succeeded as (
    select
        asked.month,
        asked.contract_id,
        min_by(spells.successor_start, (not spells.is_linked, spells.place)) as successor_start,
    from asked
    inner join spells
        on
            asked.contract_id = spells.contract_id
            and asked.month >= spells.known_from
            and asked.month < coalesce(spells.known_until, 'infinity'::date)
    group by asked.month, asked.contract_id
),

standing as (
    select
        asked.month,
        contracts.*,
        coalesce(
            counts_as_lost(
                asked.month, contracts.outcome, contracts.ended_on, contracts.end_date
            ),
            false
        ) as is_lost,
        if(is_lost, null, succeeded.successor_start) as next_start,
        coalesce(
            asked.month between contracts.day_after and contracts.day_after + $grace_days
            and not is_lost
            and not contracts.is_marked_lost
            and next_start is null
            and contracts.outcome is distinct from 'renewed'
            and not coalesce(contracts.ended_on <= asked.month, false),
            false
        ) as is_overdue,
    from asked
    inner join contracts on asked.contract_id = contracts.contract_id
    left join succeeded
        on
            asked.month = succeeded.month
            and asked.contract_id = succeeded.contract_id
    where asked.month >= contracts.known_from
)

select
    month,
    contract_id,
    customer_id,
    arr,
    licensed_users,
    signed_date,
    start_date as first_day,
    last_day_counted(
        month,
        start_date,
        end_date,
        ended_on,
        next_start,
        is_overdue,
        is_lost or is_marked_lost,
        $grace_days
    ) as last_day,
from standing
