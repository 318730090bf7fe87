-- question: How does each year's retention go on, by the fitted curve?
-- grain: one row per cohort and age, seen ones and 5 years beyond
-- key: cohort, age
-- grouped by: quarter
-- parameters:
--   group_by: quarter; null gives cohorts by year
-- columns:
--   cohort (period): year or quarter of the first recurring contract
--   age (count): whole years since each customer's first start
--   customers (count): customers of the cohort
--   kept_customers (count): customers still there; null beyond what was seen
--   seen_share (rate): their share
--   arr_share (rate): share of the ARR still there, capped per customer
--   share (rate): share by the fitted curve; null where there is no fit
--   share_low (rate): lower bound of its 95 % interval
--   share_high (rate): its upper bound
--   is_steady (flag): whether the curve rests on three ages beyond 0 and losses at two of them: else it foretells nothing
with fits as (
    select
        *,
        sbg_projected(kept, (last_seen + 5)::integer) as points,
    from cohort_fits($group_by, $filters, $as_of)
),

projected as (
    select
        cohort,
        customers,
        unnest(generate_series(0, if(points is null, last_seen, last_seen + 5))) as age,
        points,
        is_steady,
    from fits
),

seen as (
    select *,
    from cohort_ages($group_by, $filters, $as_of)
)

select
    projected.cohort,
    projected.age,
    projected.customers,
    seen.kept_customers,
    seen.kept_customers / seen.customers as seen_share,
    seen.kept_arr / nullif(seen.arr, 0) as arr_share,
    projected.points[projected.age + 1].share as share,
    projected.points[projected.age + 1].low as share_low,
    projected.points[projected.age + 1].high as share_high,
    projected.is_steady,
from projected
left join seen on projected.cohort = seen.cohort and projected.age = seen.age
order by projected.cohort, projected.age
