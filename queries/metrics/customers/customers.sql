-- question: Who are our customers, and how does each stand?
-- grain: one row per customer in the filters, with a contract or without
-- key: customer_id
-- parameters:
--   search (text, optional): letters in the name, id, CSM or account manager of those to list; null lists all
--   found (list of text, optional): customers that are listed whatever the letters: found by pinyin, or a contract's number
--   standing (code customers.standing, optional): only those in force, former ones, or those without a contract yet
--   list_by (code customers.groups, optional): what the list is grouped by: quadrant, cell, tier or csm; null for one group
-- columns:
--   customer_id (text): the customer
--   customer_name (text): its name, else its id
--   standing (code customers.standing): in_force, former, or none: no contract in force by then
--   outcome_state (code states): healthy, average, at_risk or unknown; null where no contract is in force
--   experience_state (code states): healthy, average, at_risk or unknown; null where no contract is in force
--   arr (money): ARR at the as-of date
--   path (list of number): mean of the scores known at each of the last 12 month ends, the oldest first
--   end_date (date): last day of its next contract due or overdue
--   days_left (days): end date - as-of date, negative once ended
--   last_touch (date): day of the last touch by anybody
--   days_since_touch (days): days since then
--   csm (label): the customer's
--   tier (label): the file's; where no file gives any, by the rule in the settings
--   quadrant (ordinal): 1 (both at risk) to 9 (both healthy), null where one is unknown
--   from_quadrant (ordinal): three months before
--   outcome_score (number): 0 to 100, null without data
--   experience_score (number): 0 to 100, null without data
--   scale (code values): its row of the SOP matrix; null where no contract is in force
--   satisfaction (code satisfaction): satisfied, neutral, critical or not_asked; null where no contract is in force
--   nps_mean (number): mean of each respondent's latest NPS within 12 months
--   life_stage (code stages): onboarding, adopting, serving, renewing, overdue, lost or won_back; null before it begins
--   arr_share (rate): ARR / ARR of all customers that have some
--   overdue_arr (money): of the ARR, contracts overdue
--   contracted_to_date (money): full amounts of contracts started by then, one-offs included
--   months (months): whole months from its first start to the as-of date, or to its last day in force
--   open_tasks (count): tasks not done
--   overdue_tasks (count): of them past their day
--   account_manager (text): the customer's
--   industry (label): the customer's
--   size (label): size band
--   region (label): the customer's
--   department (label): the customer's
--   source_channel (label): the customer's
--   contract_id (text): its next contract due or overdue
--   in_group (text): the code of its group: a quadrant, a cell, a tier or a CSM; unknown where it has none
--   group_place (ordinal): place of its group, from 1: quadrants from the worst, cells as in the matrix, others by ARR
--   group_customers (count): customers of its group in this list
--   group_arr (money): their ARR
with listed as (
    select * exclude (is_long_untouched),
    from customers_listed($filters, $as_of)
    where
        ($standing is null or standing = $standing)
        and (
            $search is null
            or contains(
                folded(concat_ws(' ', customer_name, customer_id, csm, account_manager)),
                folded($search)
            )
            or coalesce(list_contains($found, customer_id), false)
        )
),

-- quadrants and cells have an order of their own; where there is none, the ARR decides
grouped as (
    select
        *,
        coalesce(
            case $list_by
                when 'quadrant' then quadrant::varchar
                when 'cell' then scale || '/' || satisfaction
                when 'tier' then tier
                when 'csm' then csm
            end,
            'unknown'
        ) as in_group,
        case $list_by
            when 'quadrant' then quadrant
            when 'cell' then 10 * scale_place(scale) + satisfaction_place(satisfaction)
        end as own_place,
    from listed
),

counted as (
    select
        *,
        count(*) over (partition by in_group) as group_customers,
        sum(arr) over (partition by in_group) as group_arr,
    from grouped
)

select
    * exclude (in_group, own_place, group_customers, group_arr),
    in_group,
    dense_rank() over (order by own_place nulls last, group_arr desc, in_group) as group_place,
    group_customers,
    group_arr,
from counted
order by group_place, arr desc, customer_id
