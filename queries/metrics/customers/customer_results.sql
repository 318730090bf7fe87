-- question: What did a customer get from the product in a window, against the time before it?
-- grain: one row per measure that the data tell of in one of the two
-- key: measure
-- parameters:
--   customer_id (text): the customer
-- columns:
--   measure (code results): what is measured
--   unit (code): count, rate, days or rating: how its values are written
--   value (mixed): in the window; null where nothing tells it
--   before (mixed): in the period before
--   change (mixed): value - before
--   is_better (flag): changed for the better; null where either is unknown, nothing changed, or more is neither
--   cases (count): periods of usage, answers or tickets that the value is of
--   cases_before (count): those before
with now as (
    select *,
    from customer_results_in(
        $customer_id, $first_day, until_day($last_day, $as_of), $north_star
    )
),

before as (
    select *,
    from customer_results_in(
        $customer_id, $previous_first_day, until_day($previous_last_day, $as_of), $north_star
    )
)

select
    coalesce(now.measure, before.measure) as measure,
    case
        when coalesce(now.measure, before.measure) in ('active_share', 'ticket_csat', 'csat')
            then 'rate'
        when coalesce(now.measure, before.measure) = 'days_to_solve' then 'days'
        when coalesce(now.measure, before.measure) = 'nps' then 'rating'
        else 'count'
    end as unit,
    now.value,
    before.value as before,
    now.value - before.value as change,
    case
        when now.value = before.value or coalesce(now.measure, before.measure) in (
            'licensed_users', 'tickets_opened', 'tickets_solved'
        ) then null
        when now.measure = 'days_to_solve' then before.value > now.value
        else now.value > before.value
    end as is_better,
    coalesce(now.cases, 0) as cases,
    coalesce(before.cases, 0) as cases_before,
from now
full join before on now.measure = before.measure
order by
    list_position(
        [
            'active_users', 'licensed_users', 'active_share', 'key_actions', 'features_used',
            'tickets_opened', 'tickets_solved', 'days_to_solve', 'ticket_csat', 'csat', 'nps'
        ],
        coalesce(now.measure, before.measure)
    )
