-- One row per contract and number by which it may be named: its own, or as it is shown. A credit is never renewed (M14).
select
    contract_id as predecessor_id,
    contract_no as previous_no,
    customer_id,
    coalesce(start_date, '-infinity'::date) as begun,
    coalesce(plain(product), '') as previous_kind,
    unnest(list_distinct([contract_no, contract_id])) as number,
from contracts
where not is_credit
