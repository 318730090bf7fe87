-- notebook: What customers used before they left

-- %% markdown about
-- language: en

-- ## Could we have seen it in how they used the product?
-- For each contract with an outcome that ended in the window: what its customer used in the months
-- before the end, held against what the same customer used in the year before those months.

-- %% markdown about_zh
-- language: zh

-- ## 从产品使用情况中，能否提前看出流失？
-- 对期间内到期且已有结果的每份合同：把客户在到期前几个月的使用量，与该客户此前一年的使用量相比。

-- %% parameter months_before
-- ask: number
-- default: 3

-- %% parameter fall
-- ask: number
-- default: 20

-- %% sql ended

select
    contract_id,
    customer_id,
    outcome = 'lost' as is_lost,
    end_date,
    arr
from renewal_list($filters, $first_day, $last_day)
where (outcome = 'lost' or outcome like 'renewed%') and end_date <= $as_of
order by end_date, contract_id

-- %% sql used

-- One row per contract and measure: its mean in the months before the end, and in the year before them.
-- Of a customer that is counted by weeks and by months, what is counted more often is taken.
select
    ended.contract_id,
    ended.is_lost,
    usage.measure,
    avg(usage.value) filter (
        where usage.period_end > ended.end_date - to_months($months_before::integer)
    ) as used_last,
    avg(usage.value) filter (
        where usage.period_end <= ended.end_date - to_months($months_before::integer)
    ) as used_before,
    used_last / nullif(used_before, 0) - 1 as change_rate
from ended
inner join tend.stg_usage as usage
    on
        ended.customer_id = usage.customer_id
        and usage.period_end <= ended.end_date
        and usage.period_end > ended.end_date - to_months($months_before::integer + 12)
group by ended.contract_id, ended.is_lost, usage.measure, usage.granularity
having used_last is not null and used_before > 0
qualify row_number() over (
    partition by ended.contract_id, usage.measure order by count(*) desc, usage.granularity
) = 1
order by ended.contract_id, usage.measure

-- %% sql by_measure
-- mark: bar
-- x: median_change_rate
-- y: measure
-- color: outcome

select
    measure,
    if(is_lost, 'lost', 'renewed') as outcome,
    count(*) as contracts,
    median(change_rate) as median_change_rate,
    quantile_cont(change_rate, 0.25) as lower_quarter_rate,
    quantile_cont(change_rate, 0.75) as upper_quarter_rate
from used
group by all
order by measure, outcome

-- %% sql falls

-- Of those whose use fell by so much, and of the others: what share was lost. `times` says how many
-- times as often; under ten contracts on a side it says little.
select
    measure,
    count(*) filter (where change_rate <= -$fall / 100) as fell,
    count(*) filter (where change_rate <= -$fall / 100 and is_lost) as fell_and_lost,
    count(*) - fell as held,
    count(*) filter (where is_lost) - fell_and_lost as held_and_lost,
    fell_and_lost / nullif(fell, 0) as lost_of_fallen_rate,
    held_and_lost / nullif(held, 0) as lost_of_others_rate,
    lost_of_fallen_rate / nullif(lost_of_others_rate, 0) as times,
    least(fell, held) < 10 as is_few
from used
group by measure
order by times desc nulls last, measure

-- %% chart told_by_falls
-- of: falls
-- mark: bar
-- x: lost_of_fallen_rate
-- y: measure

-- %% sql falling_now

-- Who falls like that now: open contracts that end within 180 days, by the measures of which a fall
-- was followed by a loss more often.
with open_ones as (
    select
        contract_id,
        customer_id,
        customer_name,
        end_date,
        arr,
        csm
    from renewal_list($filters, null, null)
    where is_open and days_left <= 180
),

now as (
    select
        open_ones.contract_id,
        usage.measure,
        avg(usage.value) filter (
            where usage.period_end > $as_of - to_months($months_before::integer)
        ) as used_last,
        avg(usage.value) filter (
            where usage.period_end <= $as_of - to_months($months_before::integer)
        ) as used_before,
        used_last / nullif(used_before, 0) - 1 as change_rate
    from open_ones
    inner join tend.stg_usage as usage
        on
            open_ones.customer_id = usage.customer_id
            and usage.period_end <= $as_of
            and usage.period_end > $as_of - to_months($months_before::integer + 12)
    group by open_ones.contract_id, usage.measure, usage.granularity
    having used_last is not null and used_before > 0
    qualify row_number() over (
        partition by open_ones.contract_id, usage.measure order by count(*) desc, usage.granularity
    ) = 1
)

select
    open_ones.contract_id,
    open_ones.customer_id,
    open_ones.customer_name,
    string_agg(now.measure, ', ' order by now.change_rate, now.measure) as fallen,
    min(now.change_rate) as deepest_change_rate,
    open_ones.end_date,
    open_ones.arr,
    open_ones.csm
from open_ones
inner join now on open_ones.contract_id = now.contract_id
inner join falls on now.measure = falls.measure
where now.change_rate <= -$fall / 100 and falls.times > 1 and not falls.is_few
group by all
order by open_ones.arr desc, open_ones.contract_id

-- %% markdown what_to_do
-- language: en

-- **What to do.** Where a fall of a measure was followed by a loss more often (*Times as often* above 1,
-- not few), call the customers listed last before their renewal is spoken of: ask what has changed, not
-- whether they renew. Where no measure tells, usage is no warning here: look at
-- **Why** on Renewals for the reasons. What was used before the end is no proof of why they left.

-- %% markdown what_to_do_zh
-- language: zh

-- **建议动作。** 若某指标下滑之后流失更常见（“倍数”大于 1 且样本不少），请在谈续约之前先联系最后一张表中的客户：先问发生了什么变化，而不是问是否续约。若没有指标能提前反映，说明使用量在这里不是预警信号：请到“续约总览”的“原因”查看流失原因。到期前的使用情况并不能证明流失的原因。

