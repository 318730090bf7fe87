-- question: Which customers have outgrown their licences, and which hardly use them?
-- grain: one row per customer in force and sign
-- key: customer_id, sign
-- columns:
--   sign (code value.signs): upsell (licences nearly used up), downgrade (licences hardly used) or single_feature
--   customer_id (text): the customer
--   customer_name (text): its name
--   arr (money): ARR at the as-of date
--   active_users (count): of the latest period in 90 days
--   licensed_users (count): of the same row, else of the contracts in force
--   active_share (rate): active_users / licensed_users
--   features_used (count): of the latest period in 90 days
--   period_end (date): last day of that period
--   days_left (days): days to the next end of a contract
--   csm (label): the customer's
--   tier (label): the customer's
with latest as (
    select
        customer_id,
        measure,
        max(period_end) as period_end,
        max_by(value, period_end) as value,
    from tend.stg_usage
    where
        measure in ('active_users', 'licensed_users', 'features_used')
        and value is not null
        and period_end <= $as_of
        and period_end > $as_of - 90
    group by customer_id, measure
),

wide as (
    select
        customer_id,
        max(value) filter (where measure = 'active_users') as active_users,
        max(period_end) filter (where measure = 'active_users') as active_on,
        max(value) filter (where measure = 'licensed_users') as licensed_users,
        max(period_end) filter (where measure = 'licensed_users') as licensed_on,
        max(value) filter (where measure = 'features_used') as features_used,
        max(period_end) filter (where measure = 'features_used') as features_on,
    from latest
    group by customer_id
),

licences as (
    select
        contracts.customer_id,
        sum(contracts.licensed_users) as licensed_users,
    from arr_spans
    inner join contracts on arr_spans.contract_id = contracts.contract_id
    where $as_of between arr_spans.first_day and arr_spans.last_day
    group by contracts.customer_id
),

held as (
    select
        lives.customer_id,
        customers.customer_name,
        lives.arr,
        wide.active_users,
        if(wide.licensed_on = wide.active_on, wide.licensed_users, licences.licensed_users)
            as licensed_users,
        wide.active_on,
        wide.features_used,
        wide.features_on,
        next_ends.days_left,
        customers.csm,
        customers.tier,
    from lives(null, $filters, $as_of) as lives
    inner join wide on lives.customer_id = wide.customer_id
    left join licences on lives.customer_id = licences.customer_id
    left join next_renewals(null) as next_ends on lives.customer_id = next_ends.customer_id
    left join customers on lives.customer_id = customers.customer_id
    where lives.is_in_force
),

signed as (
    select
        *,
        active_users / nullif(licensed_users, 0) as active_share,
        unnest(
            list_filter(
                [
                    if(
                        active_users / nullif(licensed_users, 0) > $high_active_share,
                        'upsell',
                        null
                    ),
                    if(
                        active_users / nullif(licensed_users, 0) < $low_active_share,
                        'downgrade',
                        null
                    ),
                    if(features_used <= 1, 'single_feature', null)
                ],
                lambda one: one is not null
            )
        ) as sign,
    from held
)

select
    sign,
    customer_id,
    customer_name,
    arr,
    active_users,
    licensed_users,
    active_share,
    features_used,
    if(sign = 'single_feature', features_on, active_on) as period_end,
    days_left,
    csm,
    tier,
from signed
order by list_position(['upsell', 'downgrade', 'single_feature'], sign), arr desc, customer_id
