-- One row per contract that can be renewed: from which day it was known, renewed, lost. What it was on any day
-- up to the as-of date follows from these by fate(); null is never.
with known as (
    select
        contract_id,
        -- from its signing; else from its start, or from the day the team had it in hand (A6)
        coalesce(
            signed_date,
            if(start_date is null, '-infinity'::date, least(start_date, import_day))
        ) as known_from,
    from contracts
),

-- a link is known once both of its contracts are
known_links as (
    select
        links.predecessor_id,
        links.successor_id,
        greatest(old.known_from, new.known_from) as known_from,
    from links
    inner join known as old on links.predecessor_id = old.contract_id
    inner join known as new on links.successor_id = new.contract_id
),

first_links as (
    select
        predecessor_id as contract_id,
        min(known_from) as linked_from,
    from known_links
    group by predecessor_id
),

second_links as (
    select
        successor_id as contract_id,
        min(known_from) as linked_from,
    from known_links
    group by successor_id
),

-- dates decide until a link is known, to the contract or from the one that would succeed it
spells as (
    select
        candidates.predecessor_id as contract_id,
        known.known_from,
        if(
            candidates.is_linked, null, least(to_old.linked_from, from_new.linked_from)
        ) as known_until,
    from candidates
    inner join known on candidates.successor_id = known.contract_id
    left join first_links as to_old on candidates.predecessor_id = to_old.contract_id
    left join second_links as from_new on candidates.successor_id = from_new.contract_id
),

succeeded as (
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
    known.known_from,
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
inner join known on renewals.contract_id = known.contract_id
left join succeeded on renewals.contract_id = succeeded.contract_id
