-- One row per contract and successor in time (A3, B1-B6), with the successor's ARR that falls to it (B13).
-- Two contracts of 60 and 40 a year that become one of 120: it falls to them as 72 and 48, as their own ARR is to all
-- it succeeds; where they pay nothing, as 60 and 60. One that becomes two has both, summed in `renewals`.
with pairs as (
    select
        predecessor_id,
        successor_id,
    from candidates
    -- a link goes before dates, also one that is too late (B4)
    where is_linked or (nearness = 1 and not has_link and not names_another)
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
