-- One row per contract and contract that may succeed it: by a link in time (A3, B4), or by dates (B1, B2, B5).
-- An add-on never succeeds by dates, and is renewed by what renews its base; what starts more than 31 days early
-- succeeds by dates where it brings at least half (M8). Of 12,000 to 31 December, 6,000 from 1 November does.
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
    where not is_add_on and not is_credit and not is_never_due
),

-- the product that renews a contract; of an add-on whose own product had no base when it was sold it may be any
based as (
    select
        old.*,
        if(
            old.is_add_on
            and not exists (
                from naming as base
                where
                    base.customer_id = old.customer_id
                    and plain(base.product) = plain(old.product)
                    and base.known_from <= old.known_from
            ),
            null,
            plain(old.product)
        ) as renewing_product,
    from contracts as old
    where not old.is_credit and not old.is_never_due
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
    from based as old
    inner join naming as new
        on
            old.customer_id = new.customer_id
            and old.contract_id <> new.contract_id
            and new.start_date between old.day_after - $early_days and old.day_after + $grace_days
    where
        new.start_date > coalesce(old.start_date, new.start_date - 1)
        and coalesce(new.end_date > old.end_date, true)
        and coalesce(old.renewing_product = plain(new.product), true)
        and (
            new.start_date >= old.day_after - 31
            or coalesce(
                2 * new.arr >= old.arr,
                -- without a rate, amounts of one currency tell (K18)
                new.currency <> old.currency or 2 * new.annual_amount >= old.annual_amount
            )
        )
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
