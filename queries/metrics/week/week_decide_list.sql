-- question: What waits for a decision?
-- grain: one row per large critical customer, contract marked lost, contradiction between files, and stale data set
-- key: kind, about
-- parameters:
--   first_day: the last meeting
-- columns:
--   kind (code week.kinds): critical, marked_lost, contradiction or stale
--   about (text): the customer, contract or data set
--   customer_id (text): the customer
--   customer_name (text): its name
--   arr (money): ARR of the customer or contract
--   loss_reason (text): of a contract marked lost: as the file gives it
--   problem (code week.deciding): of a contradiction: what is gainsaid
--   dataset (code datasets): of stale data: the data set
--   on_day (date): day of its last answer, the contract's end, the import, the newest day of the data set
--   days (days): days from then to the as-of date
--   is_new (flag): it did not yet wait at the last meeting; null where no day tells it
--   csm (label): the customer's
select
    found.kind,
    found.about,
    found.customer_id,
    customers.customer_name,
    found.arr,
    found.loss_reason,
    found.problem,
    found.dataset,
    found.day as on_day,
    $as_of - found.day as days,
    found.is_new,
    customers.csm,
from to_decide($filters, since_day($first_day, null, $as_of), $as_of) as found
left join customers on found.customer_id = customers.customer_id
order by
    list_position(['critical', 'marked_lost', 'contradiction', 'stale'], found.kind),
    found.arr desc nulls last,
    found.about
