-- notebook: Renewals by source channel

-- %% markdown about
-- language: en

-- ## Which channels bring customers that stay?
-- Each contract whose end lies in the window counts once, under its customer's source channel; the
-- rate is *renewed of those decided*, as on **Renewals**. The page's filters and window apply.

-- %% markdown about_zh
-- language: zh

-- ## 哪些渠道带来的客户会留下？
-- 期间内到期的每份合同计一次，归入其客户的来源渠道；续约率 = 已续约 / 已有结果，与“续约总览”口径一致。页面的筛选与期间在此同样有效。

-- %% parameter at_least
-- ask: number
-- default: 10

-- %% sql by_channel
-- mark: bar
-- x: renewal_rate
-- y: source_channel

select
    segment as source_channel,
    contract_renewal_rate as renewal_rate,
    renewed,
    lost,
    decided,
    open,
    rate_low,
    rate_high,
    due_arr,
    gross_renewal_rate,
    net_renewal_rate
from renewal_measures('source_channel', null, $filters, $first_day, $last_day)
where decided >= $at_least
order by renewal_rate desc, source_channel

-- %% markdown overlap
-- language: en

-- Where the intervals (*Interval from* to *Interval to*) of two channels overlap, their difference may be
-- chance: widen the window before you move a budget.

-- %% markdown overlap_zh
-- language: zh

-- 两个渠道的区间（“区间下限”至“区间上限”）若有重叠，差异可能只是偶然：调整预算之前，先把期间放宽。

-- %% sql against_all

-- How far each channel is from all the others together, and whether that is clear of chance.
with totals as (
    select
        sum(renewed) as renewed,
        sum(decided) as decided
    from renewal_measures('source_channel', null, $filters, $first_day, $last_day)
)

select
    by_channel.source_channel,
    by_channel.renewal_rate,
    (totals.renewed - by_channel.renewed)
    / nullif(totals.decided - by_channel.decided, 0) as others_renewal_rate,
    by_channel.renewal_rate - others_renewal_rate as difference,
    by_channel.rate_low > others_renewal_rate
    or by_channel.rate_high < others_renewal_rate as is_clear
from by_channel
cross join totals
order by difference, source_channel

-- %% sql why_lost
-- mark: bar
-- x: lost_arr
-- y: source_channel
-- color: loss_reason_group

select
    coalesce(source_channel, 'unknown') as source_channel,
    loss_reason_group,
    count(*) as contracts,
    sum(arr) as lost_arr
from renewal_list($filters, $first_day, $last_day)
where outcome = 'lost'
group by all
order by lost_arr desc, source_channel, loss_reason_group

-- %% sql cost_and_worth

-- What a channel's customers cost to win, and what they pay now.
select
    coalesce(customers.source_channel, 'unknown') as source_channel,
    count(*) as customers,
    sum(listed.arr) as arr,
    sum(listed.arr) / count(*) as arr_per_customer,
    avg(customers.acquisition_cost) as cost_per_customer,
    sum(listed.arr) filter (where customers.acquisition_cost is not null)
    / nullif(sum(customers.acquisition_cost), 0) as arr_per_cost
from customers_in_force(null, $filters, [$as_of]) as listed
inner join customers on listed.customer_id = customers.customer_id
group by all
order by arr desc, source_channel

-- %% sql due_next

-- What ends within 90 days or is overdue, of the channels that renew clearly worse than the others.
select
    renewals.contract_id,
    renewals.customer_id,
    renewals.customer_name,
    coalesce(renewals.source_channel, 'unknown') as source_channel,
    renewals.end_date,
    renewals.arr,
    renewals.csm
from renewal_list($filters, null, null) as renewals
inner join against_all
    on coalesce(renewals.source_channel, 'unknown') = against_all.source_channel
where
    renewals.is_open
    and renewals.days_left <= 90
    and against_all.is_clear
    and against_all.difference < 0
order by renewals.arr desc, renewals.contract_id

-- %% markdown what_to_do
-- language: en

-- **What to do.** A channel that renews clearly worse (*Clear difference*) and is not cheaper to win brings
-- customers who do not fit: take it up with marketing, with the reasons above. Its contracts that
-- end next are listed: they are worth a call before the others. No row means no channel stands out.

-- %% markdown what_to_do_zh
-- language: zh

-- **建议动作。** 某渠道的续约率明显偏低（“差异明显”），获客成本又不低，说明来的客户不匹配：带着上面的流失原因与市场团队沟通。该渠道近期到期的合同已列出，应优先联系。没有数据行，说明没有渠道明显偏低。

