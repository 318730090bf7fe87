-- question: Why do we lose contracts?
-- grain: one row per group of loss reasons; lost contracts whose end date is in the window
-- parameters:
--   first_day: first day of the window, null for no limit
--   last_day: last day of the window, null for no limit
--   filters: chosen values by dimension
-- columns:
--   reason_group: natural, product, price, service, not_a_target_customer or unknown
--   contracts: lost contracts
--   customers: their customers
--   arr: their ARR
--   share: of all lost contracts
--   reasons: the reasons as the files give them
with losses as (
    select renewals.*,
    from renewals
    inner join segments(null, null, $filters) as scope on renewals.contract_id = scope.contract_id
    where
        renewals.outcome = 'lost'
        and ($first_day is null or renewals.end_date >= $first_day)
        and ($last_day is null or renewals.end_date <= $last_day)
),

whole as (
    select count(*) as count_losses,
    from losses
)

select
    loss_reason_group as reason_group,
    count(*) as contracts,
    count(distinct customer_id) as customers,
    coalesce(sum(arr), 0) as arr,
    count(*) / any_value(count_losses) as share,
    string_agg(distinct loss_reason, '; ' order by loss_reason) as reasons,
from losses
cross join whole
group by loss_reason_group
order by contracts desc, reason_group
