-- question: Do we reach the four goals: survival, growth, continued value, reputation?
-- grain: one row per segment with customers in force at the as-of date
-- key: segment
-- grouped by: dimensions
-- columns:
--   segment (label): label in the dimension
--   customers (count): customers with a contract in force
--   healthy_share (rate): of them with a healthy outcome at the last month end; null where no outcome is known
--   upsell_rate (rate): opening customers whose ARR is above that of 12 months before / opening customers
--   referral_rate (rate): new customers of the last 12 months that came by a referral / all new ones
--   logo_renewal_rate (rate): of the 12 months to the as-of date, by customers
--   net_renewal_rate (rate): of the same contracts, by ARR
--   nps (nps): % promoters - % detractors of the 12 months to the as-of date, -100 to 100; of customers in force
--   healthy_arr_share (rate): ARR of the healthy / ARR
--   healthy (count): customers with a healthy outcome
--   opening_customers (count): customers with ARR 12 months before
--   grown_customers (count): of them with more ARR now
--   new_customers (count): customers whose first contract started in the last 12 months
--   referred_customers (count): of them by a referral
--   customers_decided (count): customers with a contract decided in the last 12 months
--   customers_renewed (count): of them with a renewal
--   answers (count): respondents with an NPS, of customers in force
--   arr (money): ARR of the customers in force
with held as (
    select
        lives.segment,
        lives.customer_id,
        lives.arr,
        lives.is_in_force,
        coalesce(opening.arr, 0) as opening_arr,
        in_year_to(lives.first_start, $as_of) as is_new,
        coalesce(list_contains($referral_words, plain(customers.source_channel)), false)
            as is_referred,
        health.outcome_level,
    from lives($group_by, $filters, $as_of) as lives
    left join lives($group_by, $filters, year_before($as_of)) as opening
        on lives.segment = opening.segment and lives.customer_id = opening.customer_id
    left join customers on lives.customer_id = customers.customer_id
    left join health_at($as_of) as health on lives.customer_id = health.customer_id
),

counted as (
    select
        segment,
        count(*) filter (where is_in_force) as customers,
        coalesce(sum(arr) filter (where is_in_force), 0) as arr,
        count(*) filter (where is_in_force and outcome_level is not null) as known,
        count(*) filter (where is_in_force and outcome_level = 2) as healthy,
        coalesce(sum(arr) filter (where is_in_force and outcome_level = 2), 0) as healthy_arr,
        count(*) filter (where opening_arr > 0) as opening_customers,
        count(*) filter (where opening_arr > 0 and arr > opening_arr) as grown_customers,
        count(*) filter (where is_new) as new_customers,
        count(*) filter (where is_new and is_referred) as referred_customers,
    from held
    group by segment
),

reputation as (
    select
        held.segment,
        count(*) as answers,
        nps_of(
            count(*) filter (where answers.nps_group = 'promoter'),
            count(*) filter (where answers.nps_group = 'detractor'),
            count(*)
        ) as nps,
    from held
    inner join nps_answers(year_to($as_of), $as_of) as answers
        on held.customer_id = answers.customer_id
    where held.is_in_force
    group by held.segment
)

select
    counted.segment,
    counted.customers,
    if(counted.known > 0, counted.healthy / counted.customers, null) as healthy_share,
    counted.grown_customers / nullif(counted.opening_customers, 0) as upsell_rate,
    counted.referred_customers / nullif(counted.new_customers, 0) as referral_rate,
    measures.logo_renewal_rate,
    measures.net_renewal_rate,
    reputation.nps,
    if(counted.known > 0, counted.healthy_arr / nullif(counted.arr, 0), null)
        as healthy_arr_share,
    counted.healthy,
    counted.opening_customers,
    counted.grown_customers,
    counted.new_customers,
    counted.referred_customers,
    coalesce(measures.customers_decided, 0) as customers_decided,
    coalesce(measures.customers_renewed, 0) as customers_renewed,
    coalesce(reputation.answers, 0) as answers,
    counted.arr,
from counted
left join
    renewal_measures($group_by, null, $filters, year_to($as_of), $as_of) as measures
    on counted.segment = measures.segment
left join reputation on counted.segment = reputation.segment
where counted.customers > 0
order by counted.segment
