-- question: What can be chosen in each filter, and how much is behind it?
-- grain: one row per dimension and value, counted under the filters of the other dimensions
-- key: dimension, value
-- parameters:
--   dimensions (list of text): the dimensions to list
-- columns:
--   dimension (code): name of the dimension
--   value (label): a value in it
--   customers (count): customers with such a contract
--   contracts (count): contracts
with wanted as (
    select unnest($dimensions) as dimension,
),

without_itself as (
    select
        dimension,
        map_from_entries(list_filter(map_entries($filters), lambda entry: entry.key <> dimension))
            as filters,
    from wanted
)

select
    without_itself.dimension,
    label(without_itself.dimension, labels) as value,
    count(distinct customer_id) as customers,
    count(*) as contracts,
from without_itself
cross join contract_dimensions
where not is_one_off and is_in_filters(without_itself.filters, keys)
group by without_itself.dimension, value
order by without_itself.dimension, customers desc, value
