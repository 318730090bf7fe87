-- question: How long will the customers of each year stay?
-- grain: one row per cohort
-- key: cohort
-- grouped by: quarter
-- parameters:
--   group_by: quarter; null gives cohorts by year
-- columns:
--   cohort (period): year or quarter of the first recurring contract
--   alpha (coefficient): of the shifted-beta-geometric curve; null under two ages or without a loss
--   beta (coefficient): of the curve
--   log_likelihood (number): of the fit
--   expected_years (number): years expected from the start, within 20
--   discounted_years (number): the same, each year discounted
--   customers (count): customers of the cohort
--   ages (count): ages beyond 0 that all of them have reached, with nobody overdue
--   kept_customers (count): customers still there at the last of them
--   remaining_years (number): years expected from the last age on, within 20
--   is_steady (flag): whether the curve rests on three ages beyond 0 and losses at two of them: else it foretells nothing
--   foretold_years (number): expected_years where the curve is steady
--   foretold_remaining_years (number): remaining_years where the curve is steady
select
    cohort,
    alpha,
    beta,
    log_likelihood,
    sbg_years(alpha, beta, 0, 0) as expected_years,
    sbg_years(alpha, beta, 0, $discount_rate) as discounted_years,
    customers,
    last_age as ages,
    kept[-1]::bigint as kept_customers,
    sbg_years(alpha, beta, last_age, 0) as remaining_years,
    is_steady,
    if(is_steady, sbg_years(alpha, beta, 0, 0), null) as foretold_years,
    if(is_steady, sbg_years(alpha, beta, last_age, 0), null) as foretold_remaining_years,
from cohort_fits($group_by, $filters, $as_of)
order by cohort
