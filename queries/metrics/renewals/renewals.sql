-- question: Which contracts end in the window, and what became of them?
-- grain: one row per contract whose end date is in the window
-- key: contract_id
-- parameters:
--   reason_group (code reasons, optional): only contracts lost for reasons of this group, null for all contracts
--   known_on (date, optional): only contracts that were known on this day, null for all contracts
--   open_on (date, optional): only contracts that were known and undecided on this day, null for all contracts
--   is_decided (flag, optional): true: only contracts renewed or lost; null for all contracts
--   in_stage (code stages, optional): only contracts that have been in this stage of the renewal process, null for all
--   losses_first (flag, optional): true: lost ones first, then late ones, the largest ARR first; null: by end date
-- columns:
--   contract_id (text): the contract
--   customer_id (text): its customer
--   customer_name (text): the customer's name
--   end_date (date): last day in force
--   arr (money): its ARR, workspace currency
--   outcome (code outcomes): renewed_on_time, renewed_late, renewed_early, lost, overdue or due
--   successor_id (text): the contracts it was renewed by
--   successor_arr (money): their ARR, shared out where they succeed several
--   loss_reason (text): as the file gives it
--   days_left (days): end date - as-of date, negative once ended
--   loss_reason_group (code reasons): natural, product, price, service, not_a_target_customer or unknown; lost ones only
--   start_date (date): first day
--   status (text): as the file gives it
--   currency (text): currency of the file
--   size (label): size band
--   industry (label): the customer's
--   contract_type (label): the contract's
--   product (label): the contract's
--   department (label): the customer's
--   region (label): the customer's
--   csm (label): the customer's
--   tier (label): the customer's
--   source_channel (label): the customer's
--   is_marked_lost (flag): due with its end ahead, and marked as lost or terminated all the same (B8)
with seen as (
    select
        listed.*,
        fates.fate as fate_then,
    from renewal_list($filters, $first_day, $last_day) as listed
    inner join fates([coalesce($known_on, $open_on)::date]) as fates
        on listed.contract_id = fates.contract_id
)

select * exclude (fate_then, is_open),
from seen
where
    ($reason_group is null or loss_reason_group = $reason_group)
    and ($known_on is null or fate_then is not null)
    and ($open_on is null or fate_then = 'open')
    and ($is_decided is null or is_open <> $is_decided)
    and (
        $in_stage is null
        or contract_id in (
            select stage_stays.contract_id,
            from stage_stays
            where stage_stays.stage = $in_stage
        )
    )
order by
    if($losses_first, list_position(['lost', 'renewed_late'], outcome), null) nulls last,
    if($losses_first, arr, null) desc nulls last,
    end_date,
    contract_id
