-- question: Who answered whether they would recommend us, and how?
-- grain: one row per customer and respondent: the latest answer that has an NPS
-- key: none
-- parameters:
--   first_day: first day of the window, null for 12 months before its last
--   last_day: last day of the window, null for the as-of date
--   in_force (flag, optional): true: only answers of customers in force; null for all
-- columns:
--   customer_id (text): the customer
--   customer_name (text): its name
--   respondent (text): who answered, where it is told
--   nps (number): 0 to 10
--   answered_on (date): when
--   arr (money): the customer's
--   csm (label): the customer's
with people as (
    select
        customer_id,
        person,
        max_by(respondent, answered_at) as respondent,
    from tend.stg_surveys
    group by customer_id, person
)

select
    answers.customer_id,
    customers.customer_name,
    people.respondent,
    answers.nps,
    answers.answered_on,
    customers.arr,
    customers.csm,
from
    nps_answers(
        coalesce($first_day, year_to(until_day($last_day, $as_of))),
        until_day($last_day, $as_of)
    ) as answers
inner join
    customer_segments(null, $filters, $as_of) as scope
    on answers.customer_id = scope.customer_id
left join sop_cells($as_of, null, $filters) as cells on answers.customer_id = cells.customer_id
left join people
    on answers.customer_id = people.customer_id and answers.person = people.person
left join customers on answers.customer_id = customers.customer_id
where $in_force is null or cells.customer_id is not null
order by answers.nps, customers.arr desc, answers.customer_id, answers.person
