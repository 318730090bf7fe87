-- question: Which measures do the usage files hold?
-- grain: one row per measure
-- key: measure
-- parameters:
--   as_of: the as-of date; periods that ended later are left out
-- columns:
--   measure (label columns): its name, as the files have it where it is none of the standard ones
--   is_standard (flag): whether it is one of the measures that every usage file may have
--   customers (count): customers with a value
--   latest (date): last day of the newest period
select
    measure,
    measure in ('active_users', 'licensed_users', 'key_actions', 'features_used') as is_standard,
    count(distinct customer_id) as customers,
    max(period_end) as latest,
from tend.stg_usage
where value is not null and $as_of >= period_end
group by measure
order by is_standard desc, customers desc, measure
