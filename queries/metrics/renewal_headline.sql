-- question: How do the renewal rates of the window compare with the period before and the year before?
-- grain: one row per measure
-- parameters:
--   first_day: first day of the window, null for no limit
--   last_day: last day of the window, null for no limit
--   previous_first_day: first day of the period before
--   previous_last_day: its last day
--   year_first_day: first day of the window a year before
--   year_last_day: its last day
--   filters: chosen values by dimension
-- columns:
--   measure: name of the rate
--   value: the rate in the window, a fraction of 1
--   numerator: what was renewed: contracts, customers, or ARR
--   denominator: what was decided: contracts, customers, or ARR
--   previous: the rate in the period before
--   change_previous: value - previous
--   year_before: the rate in the same window a year before
--   change_year_before: value - year_before
--   is_few_cases: fewer than 10 decided contracts in the window
with windows as (
    select
        'value' as name,
        *,
    from renewal_measures(null, null, $filters, $first_day, $last_day)
    union all
    select
        'previous' as name,
        *,
    from renewal_measures(null, null, $filters, $previous_first_day, $previous_last_day)
    union all
    select
        'year_before' as name,
        *,
    from renewal_measures(null, null, $filters, $year_first_day, $year_last_day)
),

measures as (
    select
        name,
        is_few_cases,
        unnest([
            {'place': 1, 'measure': 'contract_renewal_rate', 'numerator': renewed::double, 'denominator': decided::double},
            {'place': 2, 'measure': 'logo_renewal_rate', 'numerator': customers_renewed::double, 'denominator': customers_decided::double},
            {'place': 3, 'measure': 'net_renewal_rate', 'numerator': renewed_arr, 'denominator': due_arr},
            {'place': 4, 'measure': 'gross_renewal_rate', 'numerator': kept_arr, 'denominator': due_arr},
            {'place': 5, 'measure': 'on_time_rate', 'numerator': renewed_on_time::double, 'denominator': decided::double}
        ], recursive := true),
    from windows
),

compared as (
    select
        place,
        measure,
        max(numerator / nullif(denominator, 0)) filter (where name = 'value') as value,
        max(numerator) filter (where name = 'value') as numerator,
        max(denominator) filter (where name = 'value') as denominator,
        max(numerator / nullif(denominator, 0)) filter (where name = 'previous') as previous,
        max(numerator / nullif(denominator, 0)) filter (where name = 'year_before') as year_before,
        bool_or(is_few_cases) filter (where name = 'value') as is_few_cases,
    from measures
    group by place, measure
)

select
    measure,
    value,
    numerator,
    denominator,
    previous,
    value - previous as change_previous,
    year_before,
    value - year_before as change_year_before,
    is_few_cases,
from compared
order by place
