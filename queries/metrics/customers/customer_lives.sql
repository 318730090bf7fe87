-- question: Since when is each customer with us, is it still there, and how much of its ARR?
-- grain: one row per customer whose first dated recurring contract has begun
-- key: customer_id
-- parameters:
--   cohort (period, optional): only customers that began in this year; null for all
--   age (count, optional): how many years after its start the ARR of each is looked at; null, and beyond it: the last age that all of its year have reached
--   at_months (months, optional): only customers that were there just before so many months, those that left then first; null for all
-- columns:
--   customer_id (text): the customer
--   customer_name (text): its name
--   cohort (period): year of its first recurring contract; null before all of that year have begun
--   first_start (date): the first day of that contract
--   months (months): from then to the last day in force, of those in force to the as-of date
--   is_in_force (flag): a contract is in force at the as-of date
--   years_on (count): the age in years at which its ARR is looked at
--   arr_at_start (money): its ARR at the start
--   arr_then (money): its ARR on the anniversary
--   kept_arr (money): the same, at most its ARR at the start
--   is_kept (flag): it had ARR on the anniversary
--   csm (label): the customer's
--   tier (label): the customer's
--   industry (label): the customer's
--   size (label): size band
with begun as (
    select
        *,
        months_from(first_start, last_day + 1)::double as months,
    from lives(null, $filters, $as_of)
    where first_start <= $as_of
),

levels as (
    select
        cohort_levels.*,
        cohort_levels.arr > 0 as is_kept,
    from cohort_levels(null, $filters, $as_of) as cohort_levels
    inner join cohorts(null, $filters, $as_of) as cohorts
        on cohort_levels.customer_id = cohorts.customer_id
    where cohort_levels.age = least(coalesce($age::integer, cohorts.last_age), cohorts.last_age)
)

select
    begun.customer_id,
    customers.customer_name,
    levels.cohort,
    begun.first_start,
    begun.months,
    begun.is_in_force,
    levels.age as years_on,
    levels.first_arr as arr_at_start,
    levels.arr as arr_then,
    kept_of(levels.arr, levels.first_arr) as kept_arr,
    levels.is_kept,
    customers.csm,
    customers.tier,
    customers.industry,
    customers.size,
from begun
left join levels on begun.customer_id = levels.customer_id
left join customers on begun.customer_id = customers.customer_id
where
    ($cohort is null or levels.cohort = $cohort)
    and ($at_months is null or begun.months >= $at_months::double)
order by
    if($at_months is null, null, begun.months) nulls last,
    if($at_months is null, levels.is_kept, begun.is_in_force),
    levels.first_arr desc nulls last,
    begun.customer_id
