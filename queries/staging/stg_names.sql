-- One row per customer name: the customer it means (K1, K4). Rows that give both id and name decide,
-- the customer list before the rest, earlier imports first; a name nobody gave an id is its own id.
select
    name_key,
    coalesce(
        min_by(customer_id, (dataset <> 'customers', import_id, row_no))
        filter (where customer_id is not null),
        min_by(customer_name, (dataset <> 'customers', import_id, row_no))
    ) as customer_id,
from stg_mentions
where name_key is not null
group by name_key
