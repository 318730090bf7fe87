-- question: In which stage of their life are our customers, and how much ARR is in each?
-- grain: one row per stage with customers
-- key: stage
-- columns:
--   stage (code stages): onboarding, adopting, serving, renewing, overdue, lost or won_back
--   customers (count): customers in it
--   arr (money): their ARR
--   entered (count): of them, customers that were in another stage, or not yet there, 3 months before
--   left_it (count): customers that were in it 3 months before and are elsewhere now
--   place (ordinal): order of the stages
with now as (
    select *,
    from lifecycle_stages($filters, $as_of)
),

before as (
    select *,
    from lifecycle_stages($filters, ($as_of - interval 3 months)::date)
),

stages as (
    select
        now.stage,
        count(*) as customers,
        sum(now.arr) as arr,
        count(*) filter (where before.stage is distinct from now.stage) as entered,
    from now
    left join before on now.customer_id = before.customer_id
    group by now.stage
),

leavers as (
    select
        before.stage,
        count(*) as left_it,
    from before
    left join now on before.customer_id = now.customer_id
    where before.stage is distinct from now.stage
    group by before.stage
)

select
    stages.stage,
    stages.customers,
    stages.arr,
    stages.entered,
    coalesce(leavers.left_it, 0) as left_it,
    list_position(
        ['onboarding', 'adopting', 'serving', 'renewing', 'overdue', 'won_back', 'lost'],
        stages.stage
    ) as place,
from stages
left join leavers on stages.stage = leavers.stage
order by place
