-- question: Where does each renewal stand, since when, and is that too long?
-- grain: one row per contract that is due within the days in which it is to be started, overdue, or has a stage; and per contract decided within 30 days before the as-of date
-- parameters:
--   as_of: the as-of date; facts after it are unknown
--   first_day: first day of the window of end dates, null for no limit
--   last_day: last day of the window, null for no limit
--   filters: chosen values by dimension
--   stage_limits: days by tier and stage
--   start_days: a renewal is to be started so many days before the end
--   start_limit: days after that within which its first stage is to be entered
-- columns:
--   contract_id: the contract
--   customer_id: its customer
--   customer_name: the customer's name
--   stage: not_started, start, plan, quote, commercial, deferred, renewed, lost or other
--   stage_text: the stage as files or people say it
--   since: the day it was entered; for not_started the day it was to be started
--   days_in_stage: days since then
--   limit_days: days it may stay there, by tier; null where there is no limit
--   is_over_limit: whether it has stayed longer
--   days_over: how much longer
--   end_date: last day in force
--   days_left: end date - as-of date
--   outcome: due, overdue, or how it was decided
--   arr: its ARR
--   expected_amount: as files or people expect it
--   probability: chance to renew, as in renewal_forecast; null once decided
--   note: the newest note
--   quadrant: the customer's at the last month end
--   outcome_state: healthy, average, at_risk or unknown
--   csm: the customer's
--   tier: the customer's
--   last_touch: the day of the last touch
with stood as (
    select
        renewals.*,
        customers.customer_name,
        customers.csm,
        customers.tier,
        process.stage_text,
        process.note,
        process.expected_amount,
        case
            when renewals.is_renewed then 'renewed'
            when renewals.outcome = 'lost' then 'lost'
            else coalesce(process.stage, 'not_started')
        end as stage,
        case
            when renewals.is_decided then coalesce(process.since, renewals.end_date)
            else coalesce(process.since, renewals.end_date - $start_days)
        end as since,
    from renewals
    inner join segments(null, null, $filters) as scope on renewals.contract_id = scope.contract_id
    left join customers on renewals.customer_id = customers.customer_id
    left join process on renewals.contract_id = process.contract_id
    where
        ($first_day is null or renewals.end_date >= $first_day)
        and ($last_day is null or renewals.end_date <= $last_day)
        and (
            (
                not renewals.is_decided
                and (renewals.end_date <= $as_of + $start_days or process.stage is not null)
            )
            or (renewals.is_decided and renewals.end_date between $as_of - 30 and $as_of)
        )
),

limited as (
    select
        *,
        $as_of - since as days_in_stage,
        case
            when is_decided then null
            when stage = 'not_started' then $start_limit
            else coalesce($stage_limits[plain(tier) || '|' || stage], $stage_limits['other|' || stage])
        end as limit_days,
    from stood
),

touched as (
    select
        customer_id,
        max(touched_on) as last_touch,
    from tend.stg_touches
    where touched_on <= $as_of
    group by customer_id
)

select
    limited.contract_id,
    limited.customer_id,
    limited.customer_name,
    limited.stage,
    limited.stage_text,
    limited.since,
    limited.days_in_stage,
    limited.limit_days,
    coalesce(limited.days_in_stage > limited.limit_days, false) as is_over_limit,
    greatest(limited.days_in_stage - limited.limit_days, 0) as days_over,
    limited.end_date,
    limited.days_left,
    limited.outcome,
    limited.arr,
    limited.expected_amount,
    chances.chance as probability,
    limited.note,
    health_months.quadrant,
    state_of(health_months.outcome_level) as outcome_state,
    limited.csm,
    limited.tier,
    touched.last_touch,
from limited
left join renewal_chances($as_of) as chances on limited.contract_id = chances.contract_id
left join touched on limited.customer_id = touched.customer_id
left join tend.health_months
    on
        limited.customer_id = health_months.customer_id
        and health_months.month = month_end_by($as_of)
order by
    is_over_limit desc, days_over desc nulls last, limited.arr desc nulls last, limited.contract_id
