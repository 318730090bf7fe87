-- question: Which contracts were lost, why, and did the customer come back?
-- grain: one row per lost contract whose end date is in the window
-- key: contract_id
-- columns:
--   contract_id (text): the contract
--   customer_id (text): its customer
--   customer_name (text): the customer's name
--   end_date (date): last day in force
--   arr (money): its ARR, workspace currency
--   loss_reason (text): as the file gives it
--   loss_reason_group (code reasons): natural, product, price, service, not_a_target_customer or unknown
--   won_back_month (month): first day of the month in which the customer first had ARR again; null: it did not
--   won_back_arr (money): its ARR then
--   size (label): size band
--   industry (label): the customer's
--   contract_type (label): the contract's
--   product (label): the contract's
--   region (label): the customer's
--   csm (label): the customer's
--   tier (label): the customer's
with returns as (
    select
        customer_id,
        month,
        closing as arr,
    from arr_moves(null, $filters, null, last_full_month(null, $as_of))
    where kind = 'reactivation'
),

lost as (
    select *,
    from renewal_list($filters, $first_day, $last_day)
    where outcome = 'lost'
),

won_back as (
    select
        lost.contract_id,
        min(returns.month) as won_back_month,
        min_by(returns.arr, returns.month) as won_back_arr,
    from lost
    inner join returns
        on
            lost.customer_id = returns.customer_id
            and last_day(returns.month) > lost.end_date
    group by lost.contract_id
)

select
    lost.contract_id,
    lost.customer_id,
    lost.customer_name,
    lost.end_date,
    lost.arr,
    lost.loss_reason,
    lost.loss_reason_group,
    won_back.won_back_month,
    won_back.won_back_arr,
    lost.size,
    lost.industry,
    lost.contract_type,
    lost.product,
    lost.region,
    lost.csm,
    lost.tier,
from lost
left join won_back on lost.contract_id = won_back.contract_id
order by lost.arr desc nulls last, lost.contract_id
