-- One row per contract and contract that succeeds it on some day: from which day on, and until which (null: for good).
-- Dates decide until a link is known, to the contract or from the one that would succeed it (B4, B5); of several, the
-- start nearest to the day after the end, the earlier in a tie (B2). Who is never the nearest of those known is left out.
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
),

known as (
    select
        candidates.predecessor_id as contract_id,
        candidates.successor_id,
        candidates.successor_start,
        candidates.is_linked,
        new.known_from,
        if(candidates.is_linked, null, least(to_old.linked_from, from_new.linked_from))
            as known_until,
        -- of links the earliest start, of dates the nearest
        if(
            candidates.is_linked,
            candidates.successor_start - date '1900-01-01',
            2 * abs(candidates.successor_start - old.day_after)
            + (candidates.successor_start > old.day_after)::integer
        ) as place,
    from candidates
    inner join contracts as old on candidates.predecessor_id = old.contract_id
    inner join contracts as new on candidates.successor_id = new.contract_id
    left join first_links as to_old on candidates.predecessor_id = to_old.contract_id
    left join second_links as from_new on candidates.successor_id = from_new.contract_id
)

select *,
from known
qualify
    coalesce(
        place < min(place) over (
            partition by contract_id, is_linked, known_until
            order by known_from, place, successor_id
            rows between unbounded preceding and 1 preceding
        ),
        true
    )
