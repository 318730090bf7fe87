-- question: Which customers need a look because their health or use turned for the worse?
-- grain: one row per customer and cause, at the month end in which it began: once per cause
-- key: month, customer_id, cause
-- columns:
--   month (month): the month end in which it began
--   customer_id (text): the customer
--   customer_name (text): its name
--   csm (label): the customer's
--   cause (code): quadrant_fall, not_used, low_active_share or single_feature
--   from_quadrant (ordinal): quadrant a month before
--   to_quadrant (ordinal): quadrant at the month end
--   value (mixed): the share in use, or features used, where it is the cause
--   arr (money): ARR at the month end
--   is_lasting (flag): whether it still holds at the last month end not after the as-of date
select *,
from health_news($filters, $low_active_share, $north_star, $first_day, $last_day, $as_of)
order by month desc, arr desc, customer_id, cause
