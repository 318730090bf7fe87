-- One row per customer in force on the as-of date and in the filters: what it holds of contracts. Where filters go by customers
-- it is what each of them holds, which is known; by what is a contract's own it is found anew.
create or replace macro contracts_held_in(filters, as_of) as table
    select held.*,
    from contracts_held_now as held
    left join customer_dimensions on held.customer_id = customer_dimensions.customer_id
    where not is_by_contract(null, filters) and is_in_filters(filters, customer_dimensions.keys)
    union all
    select *,
    from contracts_held(filters, as_of)
    where is_by_contract(null, filters);
