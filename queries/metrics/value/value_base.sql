-- question: Does the base of our business grow: customers, what each is worth, and what they say of us?
-- grain: one row per month end not after the as-of date
-- key: month
-- parameters:
--   first_day: first day of the window, null for the last 12 full months
--   last_day: last day of the window, null for the as-of date
-- columns:
--   month (month): first day of the month
--   customers (count): customers with ARR at its end
--   arr (money): their ARR
--   logo_renewal_rate (rate): of the 12 months to its end, by customers, as it turned out
--   lifetime_years (number): 1 / (1 - logo_renewal_rate); null where nothing was lost or decided
--   ltv (money): ARR per customer x gross margin x lifetime_years
--   nps (nps): of customers in force at its end, by answers of the 12 months to it; null without any
--   answers (count): respondents with an NPS among them
--   base (number): an index: customers x LTV x NPS, where customers x LTV of the first month count 1
with month_ends as (
    select month_end as day,
    from full_months($first_day, $last_day, $as_of)
),

scope as (
    select *,
    from segments(null, null, $filters)
),

in_force as (
    select *,
    from customers_in_force(null, $filters, (select list(day), from month_ends))
),

arrs as (
    select
        day,
        count(*) filter (where arr > 0) as customers,
        coalesce(sum(arr) filter (where arr > 0), 0) as arr,
    from in_force
    group by day
),

rates as (
    select
        day,
        count(*) filter (where is_renewed) / count(*) as logo_renewal_rate,
    from (
        select
            month_ends.day,
            renewals.customer_id,
            bool_or(renewals.is_renewed) as is_renewed,
        from month_ends
        inner join renewals
            on in_year_to(renewals.end_date, month_ends.day)
        inner join scope on renewals.contract_id = scope.contract_id
        where renewals.is_decided
        group by month_ends.day, renewals.customer_id
    )
    group by day
),

answered as (
    select
        month_ends.day,
        surveys.customer_id,
        surveys.person,
        nps_group(max_by(surveys.nps, (surveys.answered_at, surveys.nps))) as nps_group,
    from month_ends
    inner join tend.stg_surveys as surveys
        on in_year_to(surveys.answered_on, month_ends.day)
    semi join in_force
        on month_ends.day = in_force.day and surveys.customer_id = in_force.customer_id
    where surveys.nps is not null
    group by month_ends.day, surveys.customer_id, surveys.person
),

said as (
    select
        day,
        count(*) as answers,
        nps_of(
            count(*) filter (where nps_group = 'promoter'),
            count(*) filter (where nps_group = 'detractor'),
            count(*)
        ) as nps,
    from answered
    group by day
),

joined as (
    select
        arrs.day,
        arrs.customers,
        arrs.arr,
        rates.logo_renewal_rate,
        if(rates.logo_renewal_rate < 1, 1 / nullif(1 - rates.logo_renewal_rate, 0), null)
            as lifetime_years,
        said.nps,
        coalesce(said.answers, 0) as answers,
    from arrs
    left join rates on arrs.day = rates.day
    left join said on arrs.day = said.day
)

select
    date_trunc('month', day)::date as month,
    customers,
    arr,
    logo_renewal_rate,
    lifetime_years,
    arr / nullif(customers, 0) * $gross_margin * lifetime_years as ltv,
    nps,
    answers,
    -- no money: a negative NPS would make the business negative
    arr * lifetime_years * nps / nullif(
        first_value(arr * lifetime_years ignore nulls) over (
            order by day rows between unbounded preceding and unbounded following
        ),
        0
    ) as base,
from joined
order by month
