-- One row per contract and contract that may succeed it: by a link in time (A3, B4), or by dates (B1, B2, B5).
with linked as (
    select
        old.contract_id as predecessor_id,
        new.contract_id as successor_id,
        new.start_date as successor_start,
        0 as nearness,
        true as is_linked,
        true as names_another,
    from links
    inner join contracts as old on links.predecessor_id = old.contract_id
    inner join contracts as new on links.successor_id = new.contract_id
    -- the link says which contract, grace says whether in time; early without limit (B4),
    -- and a contract without an end may be followed any day
    where coalesce(new.start_date <= old.day_after + $grace_days, true)
),

-- one that names another contract follows nobody by dates (B5)
naming as (
    select
        contracts.*,
        exists (
            from links
            where links.successor_id = contracts.contract_id
        ) as names_another,
    from contracts
),

dated as (
    select
        old.contract_id as predecessor_id,
        new.contract_id as successor_id,
        new.start_date as successor_start,
        -- the start nearest to the day after the end, the earlier one in a tie; a split shares its day (B2)
        rank() over (
            partition by old.contract_id, new.names_another
            order by abs(new.start_date - old.day_after), new.start_date
        ) as nearness,
        false as is_linked,
        new.names_another,
    from contracts as old
    inner join naming as new
        on
            old.customer_id = new.customer_id
            and old.contract_id <> new.contract_id
            and new.start_date between old.day_after - $early_days and old.day_after + $grace_days
    where
        new.start_date > coalesce(old.start_date, new.start_date - 1)
        and coalesce(new.end_date > old.end_date, true)
        and coalesce(plain(old.product) = plain(new.product), true)
)

select
    *,
    exists (
        from links
        where links.predecessor_id = candidates.predecessor_id
    ) as has_link,
from (
    from linked
    union all
    from dated
) as candidates
