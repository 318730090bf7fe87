-- question: Which customers make our value, and is each worth its effort?
-- grain: one row per customer with a contract, now or before
-- key: customer_id
-- parameters:
--   search (text, optional): letters in the name, id or CSM of the customers to list; null lists all
--   has_arr (flag, optional): true: only customers with ARR; null for all customers
--   in_force (flag, optional): true: only customers in force; null for all customers
--   largest (count, optional): only so many, those with the most ARR; null for all
--   has_cost (flag, optional): true: only customers whose acquisition cost is known; null for all
-- columns:
--   customer_id (text): the customer
--   customer_name (text): its name
--   arr (money): ARR at the as-of date
--   contracted_to_date (money): full amounts of contracts started by then, one-offs included
--   months (months): whole months from its first start to the as-of date, or to its last day in force
--   tier (label): the file's; where no file gives any, by the rule in the settings
--   arr_share (rate): ARR / ARR of all customers that have some
--   cumulative_share (rate): share of this customer and all larger ones
--   service_cost (money): service hours of the last 12 months x hourly cost; null where no file has hours
--   service_hours (number): service hours of the last 12 months
--   effort_share (rate): service_cost / ARR
--   tier_effort_share (rate): median effort_share of its tier
--   remaining_value (money): ARR x gross margin x expected remaining years of its cohort's curve
--   remaining_years (number): those years, of the next 20; null without a curve
--   is_in_force (flag): a contract is in force at the as-of date
--   overdue_arr (money): of the ARR, contracts overdue
--   industry (label): the customer's
--   size (label): size band
--   department (label): the customer's
--   region (label): the customer's
--   csm (label): the customer's
--   account_manager (text): the customer's
--   source_channel (label): the customer's
--   potential (text): the customer's
--   acquisition_cost (money): what it cost to win the customer
with hours as (
    select count(hours) > 0 as has_hours,
    from tend.stg_touches
    where touched_on <= $as_of
),

effort as (
    select
        valued.*,
        customers.* exclude (customer_id, arr),
        if(hours.has_hours, coalesce(costs.hours, 0), null) as service_hours,
        if(hours.has_hours, coalesce(costs.service_cost, 0), null) as service_cost,
    from valued_customers($filters, $as_of) as valued
    left join customers on valued.customer_id = customers.customer_id
    left join service_costs($as_of, $hourly_cost) as costs
        on valued.customer_id = costs.customer_id
    cross join hours
),

shares as (
    select
        *,
        if(arr > 0, service_cost / nullif(arr, 0), null) as effort_share,
    from effort
),

tiers as (
    select
        tier,
        median(effort_share) as tier_effort_share,
    from shares
    group by tier
),

years as (
    select
        cohorts.customer_id,
        sbg_years(fits.alpha, fits.beta, months_from(cohorts.first_start, $as_of) // 12, 0)
            as remaining_years,
    from cohorts(null, $filters, $as_of) as cohorts
    inner join cohort_fits(null, $filters, $as_of) as fits on cohorts.cohort = fits.cohort
)

select
    shares.customer_id,
    coalesce(shares.customer_name, shares.customer_id) as customer_name,
    shares.arr,
    shares.contracted_to_date,
    months_from(shares.first_start, shares.until_day) as months,
    coalesce(shares.tier, 'unknown') as tier,
    shares.arr_share,
    shares.cumulative_share,
    shares.service_cost,
    shares.service_hours,
    shares.effort_share,
    tiers.tier_effort_share,
    if(shares.is_in_force, shares.arr * $gross_margin * years.remaining_years, 0)
        as remaining_value,
    if(shares.is_in_force, years.remaining_years, 0) as remaining_years,
    shares.is_in_force,
    shares.overdue_arr,
    shares.industry,
    shares.size,
    shares.department,
    shares.region,
    shares.csm,
    shares.account_manager,
    shares.source_channel,
    shares.potential,
    shares.acquisition_cost,
from shares
left join tiers on shares.tier is not distinct from tiers.tier
left join years on shares.customer_id = years.customer_id
where
    (
        $search is null
        or contains(lower(shares.customer_name), lower($search))
        or contains(lower(shares.customer_id), lower($search))
        or contains(lower(coalesce(shares.csm, '')), lower($search))
    )
    and ($has_arr is null or (shares.arr > 0) = $has_arr)
    and ($in_force is null or shares.is_in_force = $in_force)
    and ($largest is null or shares.place <= $largest::integer)
    and ($has_cost is null or (shares.acquisition_cost is not null) = $has_cost)
order by shares.arr desc, shares.customer_id
