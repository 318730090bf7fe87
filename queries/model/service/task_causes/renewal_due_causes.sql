-- One row per open contract in the filters that ends within the rule's days, or is overdue.
create or replace macro renewal_due_causes(filters, rules) as table
    select
        'renewal_due' as cause,
        renewals.customer_id,
        renewals.contract_id as about,
        renewals.contract_id || '|' || renewals.end_date as mark,
        renewals.end_date - rules['renewal_due'].days as began_on,
        renewals.days_left::double as value,
    from renewals
    inner join segments(null, null, filters) as scope on renewals.contract_id = scope.contract_id
    where renewals.is_open and renewals.days_left <= rules['renewal_due'].days;
