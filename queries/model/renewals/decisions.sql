-- One row per contract that can be renewed: from which day it was known, renewed, lost. What it was on any day
-- up to the as-of date follows from these by fate(); null is never.
with succeeded as (
    select
        contract_id,
        min(known_from) filter (where known_until is null) as renewed_from,
        min(known_from) filter (where known_from < known_until) as seemed_from,
        max(known_until) filter (where known_from < known_until) as seemed_until,
    from spells
    group by contract_id
)

select
    renewals.contract_id,
    renewals.customer_id,
    renewals.end_date,
    renewals.arr,
    renewals.currency,
    renewals.annual_amount,
    contracts.known_from,
    -- a given "lost" goes before any successor, from the day it counts (B8)
    if(
        contracts.outcome = 'lost',
        coalesce(contracts.ended_on, contracts.day_after, '-infinity'::date),
        null
    ) as given_lost_from,
    least(
        succeeded.renewed_from,
        if(
            contracts.outcome = 'renewed',
            if(
                contracts.end_date is null,
                '-infinity'::date,
                least(contracts.day_after, contracts.import_day)
            ),
            null
        )
    ) as renewed_from,
    least(
        if(contracts.outcome is distinct from 'renewed', contracts.ended_on, null),
        if(contracts.is_marked_lost, contracts.day_after, null),
        if(
            contracts.outcome is distinct from 'undecided',
            contracts.day_after + $grace_days::integer + 1,
            null
        )
    ) as lost_from,
    -- renewed as it seemed, until a link said otherwise
    succeeded.seemed_from,
    succeeded.seemed_until,
from renewals
inner join contracts on renewals.contract_id = contracts.contract_id
left join succeeded on renewals.contract_id = succeeded.contract_id
