-- One row per superseded contract that has a follower: the same customer's contract, of the same product where both
-- name one, that starts in its time (M12). The first of them ends it; without one its dates decide.
select
    old.contract_id,
    min(new.start_date) as followed_from,
from known_contracts as old
inner join known_contracts as new
    on
        old.customer_id = new.customer_id
        and old.contract_id <> new.contract_id
        and not new.is_one_off
        and coalesce(new.annual_amount >= 0, true)
        and old.start_date < new.start_date
        and coalesce(old.end_date >= new.start_date, true)
        and coalesce(plain(old.product) = plain(new.product), true)
where old.status_meaning = 'superseded' and not old.is_one_off
group by old.contract_id
