-- notebook: Load per CSM against what it renews

-- %% markdown about
-- language: en

-- ## Do those who carry more renew less?
-- Customers, ARR, hours and what ends soon are those of the as-of date; renewals are of the contracts
-- that ended in the window. Both go by who is the customer's CSM **now**: who took over a portfolio
-- answers for losses from before.

-- %% markdown about_zh
-- language: zh

-- ## 负责客户更多的人，续约是否更差？
-- 客户数、ARR、工时和即将到期金额以截至日为准；续约结果取期间内到期的合同。两者都按客户**现在**的客户成功经理归属：接手客户的人，也会带上接手之前的流失。

-- %% parameter most_customers
-- ask: number
-- default: 50

-- %% sql load

select
    segment as csm,
    count(*) as customers,
    sum(in_force.arr) as arr,
    sum(in_force.arr) / count(*) as arr_per_customer,
    coalesce(sum(costs.hours), 0) as hours,
    coalesce(sum(costs.hours), 0) / count(*) as hours_per_customer,
    coalesce(sum(tasks.overdue_tasks), 0)::bigint as overdue_tasks
from customers_in_force('csm', $filters, [$as_of]) as in_force
left join service_costs($as_of, 0) as costs on in_force.customer_id = costs.customer_id
left join customer_tasks as tasks on in_force.customer_id = tasks.customer_id
group by segment
order by customers desc, csm

-- %% sql load_and_renewals

select
    load.csm,
    load.customers,
    load.arr,
    load.hours_per_customer,
    load.overdue_tasks,
    rates.decided,
    rates.contract_renewal_rate as renewal_rate,
    rates.rate_low,
    rates.rate_high,
    rates.gross_renewal_rate,
    coalesce(soon.due_arr, 0) as ends_within_90_days,
    coalesce(soon.due_arr, 0) / nullif(load.arr, 0) as ends_share
from load
left join
    renewal_measures('csm', null, $filters, $first_day, $last_day) as rates
    on load.csm = rates.segment
left join (
    select
        coalesce(csm, 'unknown') as csm,
        sum(arr) as due_arr
    from renewal_list($filters, null, null)
    where is_open and days_left <= 90
    group by all
) as soon on load.csm = soon.csm
order by load.customers desc, load.csm

-- %% chart more_or_less
-- of: load_and_renewals
-- mark: point
-- x: customers
-- y: renewal_rate

-- %% chart what_ends
-- of: load_and_renewals
-- mark: bar
-- x: ends_within_90_days
-- y: csm

-- %% sql together

-- Whether load and renewal go together at all: -1 the more customers the fewer renewals, 0 not,
-- 1 the more the better. Of few CSMs it says little.
select
    count(*) as csms,
    corr(customers, renewal_rate) as customers_and_renewals,
    corr(hours_per_customer, renewal_rate) as hours_and_renewals,
    corr(arr, gross_renewal_rate) as arr_and_arr_kept,
    count(*) < 10 as is_few
from load_and_renewals
where renewal_rate is not null and csm <> 'unknown'

-- %% sql to_hand_over

-- Of those above the limit: the customers that would leave first, smallest ARR and no end near.
with ranked as (
    select
        coalesce(customers.csm, 'unknown') as csm,
        in_force.customer_id,
        customers.customer_name,
        in_force.arr,
        ends.end_date,
        row_number() over (
            partition by coalesce(customers.csm, 'unknown')
            order by coalesce(ends.days_left <= 120, false), in_force.arr, in_force.customer_id
        ) as place
    from customers_in_force(null, $filters, [$as_of]) as in_force
    inner join customers on in_force.customer_id = customers.customer_id
    left join next_renewals($filters) as ends on in_force.customer_id = ends.customer_id
)

select
    ranked.csm,
    ranked.customer_id,
    ranked.customer_name,
    ranked.arr,
    ranked.end_date
from ranked
inner join load on ranked.csm = load.csm
where ranked.place <= load.customers - $most_customers or ranked.csm = 'unknown'
order by ranked.csm, ranked.arr, ranked.customer_id

-- %% markdown what_to_do
-- language: en

-- **What to do.** No row of *unknown* may stay: these customers have no CSM, give them one
-- first. Who stands above the limit and below the others in renewals hands over from the list: small
-- ones whose end is far, with a call by both. Who carries much and renews well has a way of working
-- that the others should hear of. Before the next quarter, look at *Share that ends within 90 days*: it
-- says whose months ahead are the fullest.

-- %% markdown what_to_do_zh
-- language: zh

-- **建议动作。** “未知”一行的客户没有客户成功经理，先为他们指定负责人。负责客户数超过上限、续约率又低于其他人的，从名单中移交：ARR 小且离到期还远的客户，由两人一起打一次电话。负责得多而续约仍好的，请其向团队分享做法。
-- 下个季度之前看 “90 天内到期占比”：它说明谁接下来几个月最满。

