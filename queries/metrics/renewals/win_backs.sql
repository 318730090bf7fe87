-- question: Which lost customers came back?
-- grain: one row per customer and month in which it has ARR again (reactivation)
-- key: customer_id, month
-- parameters:
--   first_day: first day of the window of months, null for no limit
-- columns:
--   month (month): first day of the month at whose end it has ARR again
--   customer_id (text): the customer
--   customer_name (text): its name
--   arr (money): its ARR then; all rows of a month add up to the reactivation of arr_movements
--   lost_month (month): first day of the month at whose end it had none any more
--   lost_arr (money): its ARR a month end before
--   months_away (months): month ends without ARR
--   loss_reason (text): of its contracts lost then, as the files give it
--   loss_reason_group (code reasons): their groups of reasons
--   csm (label): the customer's
--   size (label): size band
--   industry (label): the customer's
with moves as (
    select *,
    from arr_moves(null, $filters, null, last_full_month($last_day, $as_of))
),

returned as (
    select
        back.customer_id,
        back.month,
        back.closing as arr,
        max(gone.month) as lost_month,
        max_by(gone.opening, gone.month) as lost_arr,
    from moves as back
    inner join moves as gone on back.customer_id = gone.customer_id
    where
        back.kind = 'reactivation'
        and gone.kind = 'churn'
        and gone.month < back.month
        and in_window(back.month, date_trunc('month', $first_day::date), null)
    group by back.customer_id, back.month, back.closing
),

reasons as (
    select
        returned.customer_id,
        returned.month,
        string_agg(distinct renewals.loss_reason, '; ' order by renewals.loss_reason)
            as loss_reason,
        string_agg(
            distinct renewals.loss_reason_group, '; ' order by renewals.loss_reason_group
        ) as loss_reason_group,
    from returned
    inner join renewals
        on
            returned.customer_id = renewals.customer_id
            and renewals.outcome = 'lost'
            and renewals.end_date between returned.lost_month - interval 1 month
            and last_day(returned.lost_month)
    group by returned.customer_id, returned.month
)

select
    returned.month,
    returned.customer_id,
    customers.customer_name,
    returned.arr,
    returned.lost_month,
    returned.lost_arr,
    datediff('month', returned.lost_month, returned.month) as months_away,
    reasons.loss_reason,
    reasons.loss_reason_group,
    customers.csm,
    customers.size,
    customers.industry,
from returned
left join reasons
    on returned.customer_id = reasons.customer_id and returned.month = reasons.month
left join customers on returned.customer_id = customers.customer_id
order by returned.month desc, returned.arr desc, returned.customer_id
