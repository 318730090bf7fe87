-- question: Which customers need a look because their health or use turned for the worse?
-- grain: one row per customer and cause, at the month end in which it began: once per cause
-- parameters:
--   as_of: the as-of date
--   first_day: first day of the window, null for no limit
--   last_day: last day of the window, null for no limit
--   low_active_share: the setting; a smaller share of licences in use is a cause
--   filters: chosen values by dimension
-- columns:
--   month: the month end in which it began
--   customer_id: the customer
--   customer_name: its name
--   csm: the customer's
--   cause: quadrant_fall, not_used, low_active_share or single_feature
--   from_quadrant: quadrant a month before
--   to_quadrant: quadrant at the month end
--   value: the share in use, or features used, where it is the cause
--   arr: ARR at the month end
--   is_lasting: whether it still holds at the last month end not after the as-of date
with causes as (
    select *,
    from health_causes($filters, $low_active_share, $first_day, $as_of)
),

-- how it stands at the last month end: a fall lasts while the customer stands no better than it fell to
now_standing as (
    select
        customer_id,
        cause,
        to_quadrant,
        is_held,
    from causes
    where month = month_end_by($as_of)
)

select
    causes.month,
    causes.customer_id,
    customers.customer_name,
    customers.csm,
    causes.cause,
    causes.from_quadrant,
    causes.to_quadrant,
    causes.value,
    causes.arr,
    coalesce(
        if(
            causes.cause = 'quadrant_fall',
            direction_of(causes.to_quadrant, now_standing.to_quadrant) in ('stay', 'fall'),
            now_standing.is_held
        ),
        false
    ) as is_lasting,
from causes
left join customers on causes.customer_id = customers.customer_id
left join now_standing
    on causes.customer_id = now_standing.customer_id and causes.cause = now_standing.cause
where
    causes.is_held
    -- every fall is a cause of its own; what lasts is one
    and (causes.cause = 'quadrant_fall' or not causes.was_held)
    and ($first_day is null or causes.month >= $first_day)
    and ($last_day is null or causes.month <= $last_day)
order by causes.month desc, causes.arr desc, causes.customer_id, causes.cause
