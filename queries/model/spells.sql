-- One row per contract and contract that may succeed it: from which day on, and until which (null: for good).
-- Dates decide until a link is known, to the contract or from the one that would succeed it (B4, B5).
with known_links as (
    select
        links.predecessor_id,
        links.successor_id,
        -- a link is known once both of its contracts are
        greatest(old.known_from, new.known_from) as known_from,
    from links
    inner join contracts as old on links.predecessor_id = old.contract_id
    inner join contracts as new on links.successor_id = new.contract_id
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
)

select
    candidates.predecessor_id as contract_id,
    candidates.successor_id,
    candidates.successor_start,
    candidates.is_linked,
    contracts.known_from,
    if(candidates.is_linked, null, least(to_old.linked_from, from_new.linked_from)) as known_until,
from candidates
inner join contracts on candidates.successor_id = contracts.contract_id
left join first_links as to_old on candidates.predecessor_id = to_old.contract_id
left join second_links as from_new on candidates.successor_id = from_new.contract_id
