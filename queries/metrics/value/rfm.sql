-- question: Which customers are active, often and for much, among their own kind?
-- grain: one row per customer in force at the as-of date
-- key: customer_id
-- columns:
--   customer_id (text): the customer
--   customer_name (text): its name
--   industry (label): the customer's; fifths are within it
--   last_action (date): last day of the last period with a key action
--   recency_days (days): days since then
--   frequency (count): periods with a key action in the 12 months to the as-of date
--   arr (money): ARR at the as-of date
--   recency (ordinal): 5 (most recent fifth of the industry) to 1; 1 without any action; null without usage of its own
--   frequency_score (ordinal): 5 (most often) to 1
--   money (ordinal): 5 (most ARR) to 1
--   rfm (text): the three figures
--   peers (count): customers of the industry
with used as (
    select
        usage.customer_id,
        max(usage.period_end) as last_action,
        count(*) filter (where in_year_to(usage.period_end, $as_of)) as frequency,
    from tend.stg_usage as usage
    where
        usage.measure = $north_star
        and usage.value > 0
        and usage.period_end <= $as_of
    group by usage.customer_id
),

-- of a customer without a row of usage nothing is known (J3)
known as (
    select distinct customer_id,
    from tend.stg_usage
    where measure = $north_star and value is not null and period_end <= $as_of
),

held as (
    select
        lives.customer_id,
        customers.customer_name,
        coalesce(customers.industry, 'unknown') as industry,
        used.last_action,
        $as_of - used.last_action as recency_days,
        if(known.customer_id is not null, coalesce(used.frequency, 0), null) as frequency,
        lives.arr,
        known.customer_id is not null as has_usage,
    from lives(null, $filters, $as_of) as lives
    left join known on lives.customer_id = known.customer_id
    left join customers on lives.customer_id = customers.customer_id
    left join used on lives.customer_id = used.customer_id
    where lives.is_in_force
),

ranked as (
    select
        *,
        count(*) over (partition by industry) as peers,
        rank() over (partition by industry order by last_action desc nulls last) as by_recency,
        rank() over (partition by industry order by frequency desc nulls last) as by_frequency,
        rank() over (partition by industry order by arr desc) as by_arr,
    from held
),

scored as (
    select
        *,
        case
            when not has_usage then null
            when last_action is null then 1
            else fifth_of(by_recency, peers)
        end as recency,
        case
            when not has_usage then null
            when frequency = 0 then 1
            else fifth_of(by_frequency, peers)
        end as frequency_score,
        fifth_of(by_arr, peers) as money,
    from ranked
)

select
    customer_id,
    customer_name,
    industry,
    last_action,
    recency_days,
    frequency,
    arr,
    recency,
    frequency_score,
    money,
    concat(coalesce(recency::varchar, '–'), coalesce(frequency_score::varchar, '–'), money) as rfm,
    peers,
from scored
order by arr desc, customer_id
