-- One row per contract with an outcome whose renewal has a stage, should have begun, or is decided: since when it
-- stands there, and how long a contract of its customer's tier may (S5).
-- follows: contract_id
with stood as (
    select
        renewals.contract_id,
        renewals.customer_id,
        renewals.is_decided,
        customers.tier,
        process.stage_text,
        process.note,
        process.expected_amount,
        renewals.end_date - $start_days as starts_on,
        -- a contract shorter than that renews as it runs
        coalesce(renewals.start_date > starts_on, false) as is_short,
        case
            when renewals.is_renewed then 'renewed'
            when renewals.is_decided then 'lost'
            else coalesce(process.stage, 'not_started')
        end as stage,
        coalesce(
            process.since,
            if(renewals.is_decided, renewals.end_date, greatest(starts_on, renewals.start_date))
        ) as since,
    from renewals
    left join customers on renewals.customer_id = customers.customer_id
    left join process on renewals.contract_id = process.contract_id
    where
        renewals.is_decided
        or renewals.end_date <= $as_of + $start_days
        or process.stage is not null
),

limited as (
    select
        *,
        $as_of - since as days_in_stage,
        case
            when is_decided then null
            when stage = 'not_started' then if(is_short, null, $start_limit)
            else
                coalesce(
                    $stage_limits[plain(tier) || '|' || stage],
                    $stage_limits['other|' || stage]
                )
        end as limit_days,
    from stood
)

select
    *,
    coalesce(days_in_stage > limit_days, false) as is_over_limit,
from limited
