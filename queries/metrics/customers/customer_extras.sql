-- question: What else does the customer list say of one customer?
-- grain: one row per further column of the list in which it has a value
-- key: header
-- parameters:
--   customer_id (text): the customer
-- columns:
--   header (text): head of the column, as the file has it
--   said (text): the value
select
    entry.key as header,
    entry.value as said,
from (
    select unnest(map_entries(extra)) as entry,
    from tend.stg_customers
    where customer_id = $customer_id
)
where trim(entry.value) <> ''
order by header
