-- One row per contract due or overdue whose renewal has a stage, or should have begun: since when it stands there,
-- and how long a contract of its customer's tier may (S5).
with stood as (
    select
        renewals.contract_id,
        renewals.customer_id,
        customers.tier,
        coalesce(process.stage, 'not_started') as stage,
        process.stage_text,
        coalesce(process.since, renewals.end_date - $start_days) as since,
    from renewals
    left join customers on renewals.customer_id = customers.customer_id
    left join process on renewals.contract_id = process.contract_id
    where
        not renewals.is_decided
        and (renewals.end_date <= $as_of + $start_days or process.stage is not null)
),

limited as (
    select
        *,
        $as_of - since as stage_days,
        if(
            stage = 'not_started',
            $start_limit,
            coalesce($stage_limits[plain(tier) || '|' || stage], $stage_limits['other|' || stage])
        ) as stage_limit,
    from stood
)

select
    *,
    coalesce(stage_days > stage_limit, false) as is_over,
from limited
