-- question: How do the renewal rates of the window compare with the period before and the year before?
-- grain: one row per measure
-- key: measure
-- columns:
--   measure (code columns): name of the rate
--   value (rate): the rate in the window, a fraction of 1
--   numerator (count): what was renewed: contracts, customers, or ARR
--   denominator (count): what was decided: contracts, customers, or ARR
--   previous (rate): the rate in the period before
--   previous_numerator (count): what was renewed in the period before
--   previous_denominator (count): what was decided in it
--   change_previous (rate change): value - previous
--   year_before (rate): the rate in the same window a year before
--   year_before_numerator (count): what was renewed in the window a year before
--   year_before_denominator (count): what was decided in it
--   change_year_before (rate change): value - year_before
--   is_few_previous (flag): fewer than 10 decided contracts in the period before
--   is_few_year_before (flag): fewer than 10 decided contracts in the window a year before
--   is_few_cases (flag): fewer than 10 decided contracts in the window
--   missed (count): denominator - numerator
--   target (rate): what the settings aim at; null without a target
--   from_target (rate change): value - target
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
        1 as place,
        'contract_renewal_rate' as measure,
        contract_renewal_rate as rate,
        renewed as numerator,
        decided as denominator,
        is_few_cases,
    from windows
    union all
    select
        name,
        2 as place,
        'logo_renewal_rate' as measure,
        logo_renewal_rate as rate,
        customers_renewed as numerator,
        customers_decided as denominator,
        is_few_cases,
    from windows
    union all
    select
        name,
        3 as place,
        'net_renewal_rate' as measure,
        net_renewal_rate as rate,
        renewed_arr as numerator,
        due_arr as denominator,
        is_few_cases,
    from windows
    union all
    select
        name,
        4 as place,
        'gross_renewal_rate' as measure,
        gross_renewal_rate as rate,
        kept_arr as numerator,
        due_arr as denominator,
        is_few_cases,
    from windows
    union all
    select
        name,
        5 as place,
        'on_time_rate' as measure,
        on_time_rate as rate,
        renewed_on_time as numerator,
        decided as denominator,
        is_few_cases,
    from windows
),

compared as (
    select
        place,
        measure,
        max(rate) filter (where name = 'value') as value,
        max(numerator) filter (where name = 'value') as numerator,
        max(denominator) filter (where name = 'value') as denominator,
        max(rate) filter (where name = 'previous') as previous,
        max(numerator) filter (where name = 'previous') as previous_numerator,
        max(denominator) filter (where name = 'previous') as previous_denominator,
        bool_or(is_few_cases) filter (where name = 'previous') as is_few_previous,
        max(rate) filter (where name = 'year_before') as year_before,
        max(numerator) filter (where name = 'year_before') as year_before_numerator,
        max(denominator) filter (where name = 'year_before') as year_before_denominator,
        bool_or(is_few_cases) filter (where name = 'year_before') as is_few_year_before,
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
    previous_numerator,
    previous_denominator,
    value - previous as change_previous,
    year_before,
    year_before_numerator,
    year_before_denominator,
    value - year_before as change_year_before,
    is_few_previous,
    is_few_year_before,
    is_few_cases,
    denominator - numerator as missed,
    $targets[measure]::double as target,
    value - $targets[measure]::double as from_target,
from compared
order by place
