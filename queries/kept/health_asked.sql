-- One row per contract and day that is scored, on which it may be in force, or on which a renewal of its
-- customer is first looked back on.
select
    contracts.contract_id,
    health_moments.month,
from contracts
inner join health_moments
    on
        health_moments.month >= contracts.start_date
        -- a successor in time, or its absence, is known when grace is over
        and health_moments.month
        <= coalesce(
            greatest(contracts.end_date + 1 + $grace_days::integer, contracts.goes_on_until),
            'infinity'::date
        )
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
