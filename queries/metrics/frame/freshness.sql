-- question: What data is there, and how fresh is it?
-- grain: one row per data set
-- key: dataset
-- columns:
--   dataset (code datasets): name of the data set
--   rows (count): facts
--   customers (count): customers with facts in it
--   latest (date): day of the newest fact, null for the customer list
select
    dataset,
    count_rows as rows,
    customers,
    latest,
from tend.stg_data_sets
order by
    list_position(
        [
            'customers',
            'contracts',
            'usage',
            'surveys',
            'touches',
            'stages',
            'calls',
            'tickets',
            'tasks'
        ],
        dataset
    )
