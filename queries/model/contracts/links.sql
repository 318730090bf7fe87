-- One row per valid link: a contract and one that it names as its previous (B3, B5). Of several lines it is the first
-- that follows the last, of the same product where there is one (M3). A thousand lines may name a thousand: starts
-- are looked up, no pairs are made of all.
with dated as (
    select
        *,
        unnest(
            if(is_any_day, [previous_start, '-infinity'::date], [previous_start])
        ) as begun,
    from previous_starts
),

pairs as (
    select distinct
        line_numbers.predecessor_id,
        dated.* exclude (number),
        unnest(list_distinct([dated.previous_no, line_numbers.predecessor_id])) as number,
    from dated
    inner join line_numbers
        on
            dated.customer_id = line_numbers.customer_id
            and dated.number = line_numbers.number
            and dated.previous_kind = line_numbers.previous_kind
            and dated.begun = line_numbers.begun
),

last_named as (
    select
        customer_id,
        number,
        contract_no,
        kind,
        max(start_date) as last_start,
    from named_numbers
    group by customer_id, number, contract_no, kind
)

-- of those that name it the first: none starts between, and none of its own product follows it
select
    pairs.predecessor_id,
    pairs.successor_id,
from pairs
asof left join named_numbers as before
    on
        pairs.customer_id = before.customer_id
        and pairs.number = before.number
        and pairs.contract_no = before.contract_no
        and pairs.kind = before.kind
        and pairs.start_date > before.start_date
left join last_named
    on
        pairs.customer_id = last_named.customer_id
        -- a condition on one side alone would make pairs of all
        and if(pairs.is_alike or pairs.previous_kind = '', null, pairs.number) = last_named.number
        and pairs.contract_no = last_named.contract_no
        and pairs.previous_kind = last_named.kind
        and pairs.begun < last_named.last_start
group by pairs.predecessor_id, pairs.successor_id
having
    bool_and(coalesce(before.start_date <= pairs.begun, true))
    and count(last_named.contract_no) = 0
