-- One row per contract that can be renewed, with its customer and segments: what lists show.
create or replace macro renewal_list(filters, first_day, last_day) as table
    select
        renewals.contract_id,
        renewals.customer_id,
        customers.customer_name,
        renewals.end_date,
        renewals.arr,
        renewals.outcome,
        renewals.is_open,
        renewals.successor_id,
        renewals.successor_arr,
        renewals.loss_reason,
        renewals.days_left,
        renewals.loss_reason_group,
        renewals.start_date,
        renewals.status,
        renewals.currency,
        scope.labels.size,
        scope.labels.industry,
        scope.labels.contract_type,
        scope.labels.product,
        scope.labels.department,
        scope.labels.region,
        scope.labels.csm,
        scope.labels.tier,
        scope.labels.source_channel,
        renewals.is_marked_lost,
    from renewals
    inner join segments(null, null, filters) as scope on renewals.contract_id = scope.contract_id
    left join customers on renewals.customer_id = customers.customer_id
    where
        in_window(renewals.end_date, first_day, last_day);
