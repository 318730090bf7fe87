-- question: What is there to do with a customer in the next quarter, the most pressing first?
-- grain: one row per step that the facts ask for
-- key: step
-- parameters:
--   customer_id (text): the customer
-- columns:
--   step (code plan): contract, start, tickets, rating, licences, more_licences, ask or review
--   amount (count): how many it is about: tickets, people or licences not in use
--   of_whole (count): of how many licences
--   day (date): by when: a day the facts give, else the last of the quarter
--   about (text): the contract
--   owner (text): who sees to it on our side, as the customer list names them
--   contact (text): the customer's own
with quarter as (
    select (date_trunc('quarter', $as_of) + interval 6 months - interval 1 day)::date as last_day,
),

own as (
    select
        customers.*,
        coalesce(customers.account_manager, customers.csm) as seller,
        coalesce(customers.csm, customers.account_manager) as helper,
    from customers
    where customer_id = $customer_id
),

ending as (
    select
        'contract' as step,
        1 as place,
        end_date as day,
        contract_id as about,
        true as is_sold,
    from next_renewals(null)
    cross join quarter
    where customer_id = $customer_id and end_date <= quarter.last_day
),

starting as (
    select
        'start' as step,
        2 as place,
        go_live_date as day,
    from own
    where go_live_date > $as_of
),

unsolved as (
    select
        'tickets' as step,
        3 as place,
        count(*) as amount,
    from tend.stg_tickets
    where
        customer_id = $customer_id and $as_of >= opened_on
        and coalesce(resolved_on > $as_of, true)
    having count(*) > 0
),

-- nobody was asked, or somebody is not content
heard as (
    select
        if(count(*) = 0, 'ask', 'rating') as step,
        if(count(*) = 0, 6, 4) as place,
        nullif(count(*) filter (where nps_group(nps) = 'detractor'), 0) as amount,
    from nps_answers(year_to($as_of), $as_of)
    where customer_id = $customer_id
    having count(*) = 0 or amount > 0
),

latest as (
    select
        max(value) filter (where measure = 'active_users') as active_users,
        max(value) filter (where measure = 'licensed_users') as licensed_users,
    from customer_results_in($customer_id, $as_of - 89, $as_of, $north_star)
),

seats as (
    select
        if(active_users / licensed_users > $high_active_share, 'more_licences', 'licences') as step,
        5 as place,
        round(licensed_users - active_users) as amount,
        licensed_users as of_whole,
    from latest
    where
        active_users / nullif(licensed_users, 0) > $high_active_share
        or active_users / nullif(licensed_users, 0) < $low_active_share
),

steps as (
    select *,
    from ending
    union all by name
    select *,
    from starting
    union all by name
    select *,
    from unsolved
    union all by name
    select *,
    from seats
    union all by name
    select *,
    from heard
    union all by name
    select
        'review' as step,
        7 as place,
)

select
    steps.step,
    steps.amount,
    steps.of_whole,
    coalesce(steps.day, quarter.last_day) as day,
    steps.about,
    if(steps.is_sold, own.seller, own.helper) as owner,
    own.key_contact as contact,
from steps
cross join quarter
cross join own
order by steps.place
