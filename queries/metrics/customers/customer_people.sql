-- question: Whom do we know at a customer, and what did each say last?
-- grain: one row per person: its key contact, and everybody who answered by then
-- key: person
-- parameters:
--   customer_id (text): the customer
-- columns:
--   person (text): the name, as files give it last
--   role (text): of the key contact, as the file gives it
--   is_key (flag): the key contact
--   answers (count): how often they answered
--   answered_on (date): day of the last answer
--   nps (number): their last NPS
--   csat (rate): their last CSAT, as a share of its scale
with key_contact as (
    select
        key_contact as person,
        key_contact_role as role,
        plain(key_contact) as called,
    from tend.stg_customers
    where customer_id = $customer_id and key_contact is not null
),

heard as (
    select
        plain(respondent) as called,
        max_by(respondent, answered_at) as person,
        count(*) as answers,
        max(answered_on) as answered_on,
        max_by(nps, answered_at) filter (where nps is not null) as nps,
        max_by(csat / nullif(csat_scale, 0), answered_at) filter (where csat is not null) as csat,
    from tend.stg_surveys
    where customer_id = $customer_id and answered_on <= $as_of and respondent is not null
    group by called
)

select
    coalesce(key_contact.person, heard.person) as person,
    key_contact.role,
    key_contact.person is not null as is_key,
    coalesce(heard.answers, 0) as answers,
    heard.answered_on,
    heard.nps,
    heard.csat,
from key_contact
full join heard on key_contact.called = heard.called
order by is_key desc, heard.answered_on desc nulls last, person
