-- One row per contract due or overdue that has entered a stage: the latest one, since when, and how long a
-- contract of its customer's tier may stand in it (S5).
with open_contracts as (
    select
        *,
        row_number() over (partition by customer_id order by end_date, contract_id) = 1 as is_next,
    from renewals
    where outcome in ('due', 'overdue')
),

-- the latest word on the contract, of one day the surest; a word on the customer is of its next end
told as (
    select
        open_contracts.contract_id,
        open_contracts.customer_id,
        max_by(stg_stages.stage, (stg_stages.entered_on, stg_stages.probability, stg_stages.stage))
            as stage,
        max(stg_stages.entered_on) as entered_on,
    from open_contracts
    inner join tend.stg_stages
        on
            open_contracts.contract_id = stg_stages.contract_id
            or (
                stg_stages.contract_id is null
                and open_contracts.customer_id = stg_stages.customer_id
                and open_contracts.is_next
            )
    where stg_stages.entered_on <= $as_of
    group by open_contracts.contract_id, open_contracts.customer_id
),

limited as (
    select
        told.*,
        $stage_words[plain(told.stage)] as stage_code,
        $as_of - told.entered_on as stage_days,
        coalesce(
            $stage_limits[stage_code || '/' || plain(customers.tier)],
            $stage_limits[stage_code || '/*']
        ) as stage_limit,
    from told
    left join customers on told.customer_id = customers.customer_id
)

select
    *,
    coalesce(stage_days > stage_limit, false) as is_over,
from limited
