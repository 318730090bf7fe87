-- One row per contract and successor in time (A3, B1-B6), with the successor's ARR that falls to it (B13).
with linked as (
    select
        old.contract_id as predecessor_id,
        new.contract_id as successor_id,
    from links
    inner join contracts as old on links.predecessor_id = old.contract_id
    inner join contracts as new on links.successor_id = new.contract_id
    -- the link says which contract, grace says whether in time; early without limit (B4),
    -- and a contract without an end may be followed any day
    where coalesce(new.start_date <= old.day_after + $grace_days, true)
),

dated as (
    select
        old.contract_id as predecessor_id,
        new.contract_id as successor_id,
        new.start_date,
        -- the start nearest to the day after the end, the earlier one in a tie; a split shares its day (B2)
        rank() over (
            partition by old.contract_id
            order by abs(new.start_date - old.day_after), new.start_date
        ) as nearness,
    from contracts as old
    inner join contracts as new
        on
            old.customer_id = new.customer_id
            and old.contract_id <> new.contract_id
            and new.start_date between old.day_after - $early_days and old.day_after + $grace_days
    where
        new.start_date > coalesce(old.start_date, new.start_date - 1)
        and coalesce(new.end_date > old.end_date, true)
        and coalesce(plain(old.product) = plain(new.product), true)
        and not exists (
            from links
            where links.predecessor_id = old.contract_id
        )
        and not exists (
            from links
            where links.successor_id = new.contract_id
        )
),

pairs as (
    select
        predecessor_id,
        successor_id,
    from linked
    union all
    select
        predecessor_id,
        successor_id,
    from dated
    where nearness = 1
),

weighed as (
    select
        pairs.predecessor_id,
        pairs.successor_id,
        old.arr as old_arr,
        new.arr as new_arr,
        new.start_date as successor_start,
        coalesce(new.signed_date, new.start_date) <= old.day_after as is_on_time,
        sum(old.arr) over (partition by pairs.successor_id) as succeeded_arr,
        -- what has no rate takes no share (K18)
        count(old.arr) over (partition by pairs.successor_id) as count_succeeded,
    from pairs
    inner join contracts as old on pairs.predecessor_id = old.contract_id
    inner join contracts as new on pairs.successor_id = new.contract_id
    -- a given "lost" wins over what dates suggest: it has no successor
    where not coalesce(old.is_given_lost, false)
)

select
    predecessor_id,
    successor_id,
    successor_start,
    is_on_time,
    new_arr * case
        when old_arr is null then null
        when succeeded_arr = 0 then 1 / count_succeeded
        else old_arr / nullif(succeeded_arr, 0)
    end as successor_arr,
from weighed
