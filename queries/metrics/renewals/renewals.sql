-- question: Which contracts end in the window, and what became of them?
-- grain: one row per contract whose end date is in the window
-- parameters:
--   first_day: first day of the window, null for no limit
--   last_day: last day of the window, null for no limit
--   filters: chosen values by dimension
--   reason_group: only contracts lost for reasons of this group, null for all contracts
--   known_on: only contracts that were known on this day, null for all contracts
--   open_on: only contracts that were known and undecided on this day, null for all contracts
--   is_decided: true: only contracts renewed or lost; null for all contracts
-- columns:
--   contract_id: the contract
--   customer_id: its customer
--   customer_name: the customer's name
--   end_date: last day in force
--   arr: its ARR, workspace currency
--   outcome: renewed_on_time, renewed_late, renewed_early, lost, overdue or due
--   successor_id: the contracts it was renewed by
--   successor_arr: their ARR, shared out where they succeed several
--   loss_reason: as the file gives it
--   days_left: end date - as-of date, negative once ended
--   loss_reason_group: natural, product, price, service, not_a_target_customer or unknown; lost ones only
--   start_date: first day
--   status: as the file gives it
--   currency: currency of the file
--   size: size band
--   industry: the customer's
--   contract_type: the contract's
--   product: the contract's
--   department: the customer's
--   region: the customer's
--   csm: the customer's
--   tier: the customer's
--   source_channel: the customer's
--   is_marked_lost: due with its end ahead, and marked as lost or terminated all the same (B8)
with seen as (
    select
        listed.*,
        fates.fate as fate_then,
    from renewal_list($filters, $first_day, $last_day) as listed
    inner join fates([coalesce($known_on, $open_on)::date]) as fates
        on listed.contract_id = fates.contract_id
)

select * exclude (fate_then),
from seen
where
    ($reason_group is null or loss_reason_group = $reason_group)
    and ($known_on is null or fate_then is not null)
    and ($open_on is null or fate_then = 'open')
    and ($is_decided is null or (outcome not in ('due', 'overdue')) = $is_decided)
order by end_date, contract_id
