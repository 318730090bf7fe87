-- question: Why do we lose contracts, and where?
-- grain: one row per segment and group of loss reasons; lost contracts whose end date is in the window
-- key: segment, reason_group
-- grouped by: dimensions
-- parameters:
--   group_by: a dimension; null gives the groups of reasons alone, segment "all"
-- columns:
--   reason_group (code reasons): natural, product, price, service, not_a_target_customer or unknown
--   contracts (count): lost contracts
--   customers (count): their customers
--   arr (money): their ARR
--   share (rate): of all lost contracts of the segment
--   reasons (text): the reasons as the files give them
--   segment (label): label in the dimension
--   segment_contracts (count): all lost contracts of the segment
--   segment_arr (money): their ARR
--   arr_share (rate): of the ARR lost in the segment
with losses as (
    select
        renewals.*,
        scope.segment,
    from renewals
    inner join
        segments($group_by, null, $filters) as scope
        on renewals.contract_id = scope.contract_id
    where
        renewals.outcome = 'lost'
        and in_window(renewals.end_date, $first_day, $last_day)
),

wholes as (
    select
        segment,
        count(*) as segment_contracts,
        coalesce(sum(arr), 0) as segment_arr,
    from losses
    group by segment
)

select
    losses.loss_reason_group as reason_group,
    count(*) as contracts,
    count(distinct losses.customer_id) as customers,
    coalesce(sum(losses.arr), 0) as arr,
    count(*) / any_value(wholes.segment_contracts) as share,
    string_agg(distinct losses.loss_reason, '; ' order by losses.loss_reason) as reasons,
    losses.segment,
    any_value(wholes.segment_contracts) as segment_contracts,
    any_value(wholes.segment_arr) as segment_arr,
    coalesce(sum(losses.arr), 0) / nullif(any_value(wholes.segment_arr), 0) as arr_share,
from losses
inner join wholes on losses.segment = wholes.segment
group by losses.segment, losses.loss_reason_group
order by segment_contracts desc, losses.segment, contracts desc, reason_group
