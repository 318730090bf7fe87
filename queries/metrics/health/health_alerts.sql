-- question: Which customers need a look because their health or use turned for the worse?
-- grain: one row per customer and cause, at the month end in which it began: once per cause
-- parameters:
--   as_of: the as-of date
--   first_day: first day of the window, null for no limit
--   last_day: last day of the window, null for no limit
--   low_active_share: the setting; a smaller share of licences in use is a cause
--   north_star: the setting; the measure whose absence is no use
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
select *,
from health_news($filters, $low_active_share, $north_star, $first_day, $last_day, $as_of)
order by month desc, arr desc, customer_id, cause
