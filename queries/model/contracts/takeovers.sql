-- One row per contract that is given as renewed and contract of its customer, of the same product where both name one,
-- that begins after its end: what goes on without a later contract goes on no longer than to the day before.
select
    old.contract_id,
    new.start_date,
    new.known_from,
from contracts as old
inner join contracts as new
    on
        old.customer_id = new.customer_id
        and old.day_after <= new.start_date
        and coalesce(plain(old.product) = plain(new.product), true)
where
    old.goes_on_until is not null
    and not new.is_add_on
    and not new.is_credit
    and not new.is_never_due
