-- question: How do the values of an indicator lie among those that its limits are learned from?
-- grain: one row per indicator with data, switched on or off, and bin of its values
-- key: indicator, bin_from
-- parameters:
--   as_of: the as-of date; the limits are those of the last month end not after it
-- columns:
--   indicator (code): its name
--   bin_from (mixed): first value of the bin
--   bin_to (mixed): last value of it; the same where there are few different values, each with a bin of its own
--   count (count): cases in the bin; the first and the last bin hold those beyond, too
--   height (rate): count / the count of the indicator's fullest bin
--   cases (count): cases in all: renewed contracts, 90 days before their end; else customers in force
--   is_learned (flag): whether they are renewed contracts
--   low (mixed): their 10th percentile
--   high (mixed): their 90th percentile
--   industries (count): industries with enough cases for limits of their own
with looked_at as (
    select
        customer_id,
        day,
        true as is_learned,
    from tend.health_renewals
    where month = month_end_by($as_of)
    union all
    select
        customer_id,
        month as day,
        false as is_learned,
    from health_at($as_of)
),

-- limits of the month; none is learned where too few contracts had been renewed (J4)
learned as (
    select coalesce(bool_or(is_learned), false) as is_learned,
    from tend.health_limits
    where month = month_end_by($as_of)
),

industries as (
    select
        indicator,
        count(*) as industries,
    from tend.health_limits
    where month = month_end_by($as_of) and industry is not null
    group by indicator
),

valued as (
    select
        looked_at.is_learned,
        health_values.indicator,
        -- equal values are to stand together also where means differ in their last digits
        round(health_values.value, 9) as value,
    from looked_at
    inner join tend.health_values
        on
            looked_at.customer_id = health_values.customer_id
            and looked_at.day = health_values.day
    cross join learned
    where
        (learned.is_learned or not looked_at.is_learned)
        -- read to tell who uses the product at all, no indicator by itself
        and health_values.indicator != 'key_actions'
),

-- those in force stand in only where no renewed contract has the indicator
cases as (
    select
        indicator,
        value,
        is_learned,
    from valued
    qualify is_learned = bool_or(is_learned) over (partition by indicator)
),

spread as (
    select
        indicator,
        any_value(is_learned) as is_learned,
        count(*) as cases,
        quantile_cont(value, 0.1) as low,
        quantile_cont(value, 0.9) as high,
        -- a few values far out would press all others together
        quantile_cont(value, 0.02) as first_value,
        quantile_cont(value, 0.98) - quantile_cont(value, 0.02) as width,
        count(distinct value) <= 24 or width = 0 as is_stepped,
    from cases
    group by indicator
),

placed as (
    select
        spread.*,
        greatest(0, least(19, floor(20 * (cases.value - first_value) / nullif(width, 0)))) as place,
        if(is_stepped, cases.value, first_value + place * width / 20) as bin_from,
        if(is_stepped, cases.value, first_value + (place + 1) * width / 20) as bin_to,
    from cases
    inner join spread on cases.indicator = spread.indicator
)

select
    placed.indicator,
    placed.bin_from,
    placed.bin_to,
    count(*) as count,
    count(*) / max(count(*)) over (partition by placed.indicator) as height,
    any_value(placed.cases) as cases,
    any_value(placed.is_learned) as is_learned,
    any_value(placed.low) as low,
    any_value(placed.high) as high,
    coalesce(any_value(industries.industries), 0) as industries,
from placed
left join industries on placed.indicator = industries.indicator
group by placed.indicator, placed.bin_from, placed.bin_to
order by placed.indicator, placed.bin_from
