-- One row per contract and month end by which it has been renewed (J5), as was known then; of the first of them, it
-- is told. Its customer is looked at 90 days before the last day.
with spans as (
    select
        contract_id,
        min(known_from) as known_from,
        known_until,
    from spells
    group by contract_id, known_until
    union all
    select
        contract_id,
        known_from,
        null as known_until,
    from contracts
    where outcome = 'renewed'
),

-- the days after its end on which it counted as renewed
renewed as (
    select
        contracts.contract_id,
        contracts.customer_id,
        contracts.end_date,
        greatest(contracts.day_after, contracts.known_from, spans.known_from) as first_day,
        least(
            spans.known_until,
            if(
                contracts.outcome = 'lost', coalesce(contracts.ended_on, contracts.day_after), null
            ),
            $today + 1
        ) as day_after,
    from spans
    inner join contracts on spans.contract_id = contracts.contract_id
    where
        contracts.end_date is not null
        and not contracts.is_credit
        -- of a superseded one its follower is what falls due (M12)
        and contracts.followed_from is null
),

-- the first month end on which it did
firsts as (
    select
        contract_id,
        min(last_day(first_day)) filter (where last_day(first_day) < day_after) as month,
    from renewed
    group by contract_id
)

select distinct
    health_moments.month,
    renewed.contract_id,
    renewed.customer_id,
    renewed.end_date - 90 as day,
    health_moments.month <= coalesce(firsts.month, health_moments.month) as is_first,
from renewed
inner join health_moments
    on renewed.first_day <= health_moments.month and renewed.day_after > health_moments.month
inner join firsts on renewed.contract_id = firsts.contract_id
