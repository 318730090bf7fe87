-- One row per period that usage is told of, of any customer.
select distinct
    period_start,
    period_end,
    granularity,
from tend.stg_usage
