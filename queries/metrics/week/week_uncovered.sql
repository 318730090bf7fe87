-- question: Whom does nobody look after: not touched this month, no CSM, a stage over its limit?
-- grain: one row per CSM, and one for all
-- key: csm or null
-- parameters:
--   first_day: the last meeting
-- columns:
--   csm (label): the customers' CSM, "unknown" for none; null for all
--   customers (count): customers in force
--   untouched (count): of them those that nobody has touched in the month of the as-of date
--   untouched_arr (money): their ARR
--   untouched_before (count): those in force on the day of the last meeting and not touched in its month by then; null where the data have no touches of it
--   without_csm (count): customers in force without a CSM
--   without_csm_arr (money): their ARR
--   stuck (count): contracts in a stage of the renewal for longer than their tier's limit
--   stuck_arr (money): their ARR
--   touches_until (date): the newest touch of anybody by the as-of date; null: none is known
--   is_untold (flag): there is none of the month of the as-of date: who was touched in it is not known
with told_before as (
    select
        bool_or(
            touched_on between
            date_trunc('month', since_day($first_day, null, $as_of))
            and since_day($first_day, null, $as_of)
        ) as is_told,
    from tend.stg_touches
),

counted as (
    select
        csm,
        1 as customers,
        (not is_touched)::integer as untouched,
        if(not is_touched, arr, 0) as untouched_arr,
        0 as untouched_before,
        (csm = 'unknown')::integer as without_csm,
        if(csm = 'unknown', arr, 0) as without_csm_arr,
        0 as stuck,
        0 as stuck_arr,
    from customer_stands($filters, $as_of)
    union all by name
    select
        coalesce(customers.csm, 'unknown') as csm,
        1 as untouched_before,
    from customers_in_force(null, $filters, [since_day($first_day, null, $as_of)]) as in_force
    left join customers on in_force.customer_id = customers.customer_id
    anti join tend.stg_touches as touches
        on
            in_force.customer_id = touches.customer_id
            and touches.touched_on between date_trunc('month', in_force.day) and in_force.day
    union all by name
    select
        coalesce(listed.csm, 'unknown') as csm,
        1 as stuck,
        listed.arr as stuck_arr,
    from renewal_list($filters, null, null) as listed
    inner join stage_standing as standing on listed.contract_id = standing.contract_id
    where standing.is_over_limit
)

select
    counted.csm,
    coalesce(sum(counted.customers), 0)::bigint as customers,
    coalesce(sum(counted.untouched), 0)::bigint as untouched,
    coalesce(sum(counted.untouched_arr), 0)::double as untouched_arr,
    if(any_value(told_before.is_told), coalesce(sum(counted.untouched_before), 0)::bigint, null)
        as untouched_before,
    coalesce(sum(counted.without_csm), 0)::bigint as without_csm,
    coalesce(sum(counted.without_csm_arr), 0)::double as without_csm_arr,
    coalesce(sum(counted.stuck), 0)::bigint as stuck,
    coalesce(sum(counted.stuck_arr), 0)::double as stuck_arr,
    any_value(reach.tells_until) as touches_until,
    coalesce(any_value(reach.tells_until) < date_trunc('month', $as_of), true) as is_untold,
from counted
cross join told_before
left join reach on reach.dataset = 'touches'
group by grouping sets ((counted.csm), ())
order by grouping(counted.csm) desc, untouched desc, untouched_arr desc, counted.csm
