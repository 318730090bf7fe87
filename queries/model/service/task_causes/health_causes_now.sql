-- One row per customer in the filters whose health or use turned for the worse and stays so. Where filters go by customers it
-- is known of each of them; by what is a contract's own it is found anew.
create or replace macro health_causes_now(
    filters, low_active_share, north_star, look_back, as_of
) as table
    select turned.*,
    from customers_turned_now as turned
    left join customer_dimensions on turned.customer_id = customer_dimensions.customer_id
    where not is_by_contract(null, filters) and is_in_filters(filters, customer_dimensions.keys)
    union all
    select *,
    from customers_turned(filters, low_active_share, north_star, look_back, as_of)
    where is_by_contract(null, filters);
