-- One row per valid link: a contract and one that it names as its previous (B3, B5).
with named as (
    select
        contract_id as successor_id,
        customer_id,
        start_date,
        unnest(
            list_append(string_split_regex(previous_contract_id, '[;；,，、\n]'), previous_contract_id)
        ) as predecessor_id,
    from contracts
    where previous_contract_id is not null and not is_credit
)

select distinct
    predecessors.contract_id as predecessor_id,
    named.successor_id,
from named
inner join contracts as predecessors
    on
        trim(named.predecessor_id) = predecessors.contract_id
        and named.customer_id = predecessors.customer_id
where
    -- never itself nor a later one; a contract without a start cannot be later
    named.start_date > coalesce(predecessors.start_date, named.start_date - 1)
    -- a credit is never renewed (M14)
    and not predecessors.is_credit
