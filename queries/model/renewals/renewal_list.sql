-- One row per contract that can be renewed, with its customer and segments: what lists show.
create or replace macro renewal_list(filters, first_day, last_day) as table
    select
        renewals.contract_id,
        renewals.customer_id,
        customers.customer_name,
        renewals.end_date,
        renewals.arr,
        renewals.outcome,
        renewals.successor_id,
        renewals.successor_arr,
        renewals.loss_reason,
        renewals.days_left,
        renewals.loss_reason_group,
        renewals.start_date,
        renewals.status,
        renewals.currency,
        dimensions.size,
        dimensions.industry,
        dimensions.contract_type,
        dimensions.product,
        dimensions.department,
        dimensions.region,
        dimensions.csm,
        dimensions.tier,
        dimensions.source_channel,
        renewals.is_marked_lost,
    from renewals
    inner join segments(null, null, filters) as scope on renewals.contract_id = scope.contract_id
    inner join contract_dimensions as dimensions on renewals.contract_id = dimensions.contract_id
    left join customers on renewals.customer_id = customers.customer_id
    where
        (first_day is null or renewals.end_date >= first_day)
        and (last_day is null or renewals.end_date <= last_day);
