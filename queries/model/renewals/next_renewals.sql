-- One row per customer with an open contract in the filters: the one that ends next, of equal ends the first by id; one
-- marked lost only where there is no other (M31).
create or replace macro next_renewals(filters) as table
    select
        renewals.customer_id,
        arg_min(
            renewals.contract_id, (renewals.is_marked_lost, renewals.end_date, renewals.contract_id)
        ) as contract_id,
        arg_min(renewals.end_date, (renewals.is_marked_lost, renewals.end_date)) as end_date,
        arg_min(renewals.days_left, (renewals.is_marked_lost, renewals.end_date)) as days_left,
    from renewals
    inner join segments(null, null, filters) as scope on renewals.contract_id = scope.contract_id
    where renewals.is_open and renewals.end_date is not null
    group by renewals.customer_id;
