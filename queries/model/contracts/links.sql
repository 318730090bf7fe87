-- One row per valid link: a contract and one that it names as its previous (B3, B5). Of several lines it is the first
-- that follows the last, of the same product where there is one (M3).
with named as (
    select
        contract_id as successor_id,
        contract_no,
        customer_id,
        start_date,
        plain(product) as product,
        trim(unnest(
            list_append(string_split_regex(previous_contract_id, '[;；,，、\n]'), previous_contract_id)
        )) as said,
    from contracts
    where previous_contract_id is not null and not is_credit
),

-- by its number, or as it is shown
numbered as (
    select
        contract_id,
        contract_no,
        customer_id,
        start_date,
        plain(product) as product,
        unnest(list_distinct([contract_no, contract_id])) as number,
    from contracts
    -- a credit is never renewed (M14)
    where not is_credit
),

found as (
    select distinct
        numbered.contract_id as predecessor_id,
        named.successor_id,
        named.contract_no,
        numbered.contract_no as previous_no,
        named.start_date,
        -- never itself nor a later one; a contract without a start cannot be later
        coalesce(numbered.start_date, named.start_date - 1) as previous_start,
        coalesce(named.product = numbered.product, false) as is_same_product,
        named.product,
        numbered.product as previous_product,
    from named
    inner join numbered
        on
            named.said = numbered.number
            and named.customer_id = numbered.customer_id
    where named.start_date > previous_start
)

select
    predecessor_id,
    successor_id,
from found
window
    following as (partition by successor_id, previous_no, previous_product),
    followed as (partition by predecessor_id, contract_no, product),
    of_successor as (partition by successor_id, previous_no),
    of_predecessor as (partition by predecessor_id, contract_no)
qualify
    previous_start = max(previous_start) over following
    and start_date = min(start_date) over followed
    and (is_same_product or not bool_or(is_same_product) over of_successor)
    and (is_same_product or not bool_or(is_same_product) over of_predecessor)
