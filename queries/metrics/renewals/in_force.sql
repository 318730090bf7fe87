-- question: What is in force, and when does the first contract end?
-- grain: one row, where any contract is in force on the as-of date
-- columns:
--   contracts (count): contracts in force, overdue ones included
--   customers (count): their customers
--   arr (money): their ARR
--   first_end (date): the nearest end of a contract that is due; null where none has an end
--   first_contract_id (text): that contract, of equal ends the largest
--   first_customer (text): its customer's name
--   first_arr (money): its ARR
--   decided (count): contracts of the filters that were ever renewed or lost
with standing as (
    select arr_spans.*,
    from arr_spans
    inner join segments(null, null, $filters) as scope on arr_spans.contract_id = scope.contract_id
    where $as_of between arr_spans.first_day and arr_spans.last_day
),

ends as (
    select *,
    from renewal_list($filters, null, null)
),

first_of_all as (
    select *,
    from ends
    where outcome = 'due'
    order by end_date, arr desc nulls last, contract_id
    limit 1
)

select
    count(distinct standing.contract_id) as contracts,
    count(distinct standing.customer_id) as customers,
    coalesce(sum(standing.arr), 0) as arr,
    any_value(first_of_all.end_date) as first_end,
    any_value(first_of_all.contract_id) as first_contract_id,
    any_value(coalesce(first_of_all.customer_name, first_of_all.customer_id)) as first_customer,
    any_value(first_of_all.arr) as first_arr,
    (
        select count(*),
        from ends
        where not is_open
    ) as decided,
from standing
left join first_of_all on true
having count(*) > 0
