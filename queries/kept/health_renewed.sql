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
    where contracts.end_date is not null and not contracts.is_credit
),

folded as (
    select
        contract_id,
        customer_id,
        end_date - 90 as day,
        list_distinct(flatten(list(range(
            date_trunc('month', first_day), date_trunc('month', day_after), interval 1 month
        )))) as months,
    from renewed
    group by contract_id, customer_id, end_date
),

month_ends as (
    select
        contract_id,
        customer_id,
        day,
        unnest(months) as first_of_month,
        list_min(months) = first_of_month as is_first,
    from folded
)

select
    last_day(first_of_month) as month,
    contract_id,
    customer_id,
    day,
    is_first,
from month_ends
where first_of_month >= $first_day
