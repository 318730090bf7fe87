-- question: What data is there, and how fresh is it?
-- grain: one row per data set
-- parameters:
-- columns:
--   dataset: name of the data set
--   rows: facts
--   customers: customers with facts in it
--   latest: day of the newest fact, null for the customer list
select
    dataset,
    count_rows as rows,
    customers,
    latest,
from tend.stg_data_sets
order by
    list_position(
        ['customers', 'contracts', 'usage', 'surveys', 'touches', 'stages', 'tickets'], dataset
    )
