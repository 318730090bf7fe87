-- question: Which customers and contracts can be found as of a day?
-- grain: one row per customer known by then, and one per contract known by then
-- key: customer_id, contract_id
-- columns:
--   customer_id (text): the customer
--   customer_name (text): its name
--   contract_id (text): the contract; blank where the row is of the customer itself
--   contract_no (text): its number as files write it
--   csm (text): the customer's
--   arr (money): at the as-of date: of the customer, or of the contract while it is in force
--   end_date (date): last day of the contract
with first_known as (
    select
        customer_id,
        min(known_from) as known_from,
    from tend.stg_contracts
    group by customer_id
),

contract_arr as (
    select
        contract_id,
        sum(arr) as arr,
    from arr_spans
    where $as_of between first_day and last_day
    group by contract_id
),

known_customers as (
    select customers.*,
    from customers
    left join first_known on customers.customer_id = first_known.customer_id
    -- who has no contract at all has no day, and is as it is now (A7)
    where coalesce(first_known.known_from <= $as_of, true)
),

found as (
    select
        customer_id,
        customer_name,
        '' as contract_id,
        null as contract_no,
        csm,
        arr,
        null as end_date,
    from known_customers
    union all by name
    select
        contracts.customer_id,
        customers.customer_name,
        contracts.contract_id,
        contracts.contract_no,
        customers.csm,
        contracts.end_date,
        coalesce(contract_arr.arr, 0) as arr,
    from known_contracts as contracts
    left join customers on contracts.customer_id = customers.customer_id
    left join contract_arr on contracts.contract_id = contract_arr.contract_id
)

select *,
from found
order by contract_id != '', arr desc, customer_id, contract_id
