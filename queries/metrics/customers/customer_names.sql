-- question: By which names do the files know customers?
-- grain: one row per name, in the form in which names are compared
-- key: name
-- columns:
--   name (text): lower case, narrow signs, single spaces
--   customer_id (text): the customer it means
select
    name_key as name,
    customer_id,
from tend.stg_names
order by name
