-- One row per contract with a start and number it names as its previous; an id may hold the signs that part several (B5).
select distinct
    contract_id as successor_id,
    contract_no,
    customer_id,
    start_date,
    coalesce(plain(product), '') as kind,
    trim(unnest(
        list_append(string_split_regex(previous_contract_id, '[;；,，、\n]'), previous_contract_id)
    )) as number,
from contracts
where previous_contract_id is not null and start_date is not null and not is_credit
