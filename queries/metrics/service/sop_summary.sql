-- question: How satisfied are the customers, and which SOPs wait?
-- grain: one row
-- parameters:
--   first_day: the earlier day that movement is held against; null: a month before the as-of date
-- columns:
--   customers (count): customers in force
--   arr (money): their ARR
--   satisfied (count): customers that are satisfied
--   neutral (count): that are neutral
--   critical (count): that are critical
--   not_asked (count): without an answer within 12 months
--   critical_arr (money): ARR of the critical ones
--   not_asked_arr (money): ARR of those not asked
--   large_critical (count): large customers that are critical
--   large_critical_arr (money): their ARR
--   unknown_scale (count): customers whose scale nobody gave
--   fallen (count): customers less satisfied than on the earlier day
--   fallen_arr (money): their ARR
--   risen (count): customers more satisfied
--   answers (count): respondents with an NPS
--   nps (nps): % promoters - % detractors
--   open_steps (count): steps of SOPs not done
--   overdue_steps (count): of them past their day
--   since_day (date): the earlier day
with later as (
    select *,
    from sop_cells($as_of, null, $filters)
),

moved as (
    select
        count(*) filter (
            where satisfaction_move(before.satisfaction, later.satisfaction) = 'fall'
        ) as fallen,
        coalesce(
            sum(later.arr) filter (
                where satisfaction_move(before.satisfaction, later.satisfaction) = 'fall'
            ),
            0
        ) as fallen_arr,
        count(*) filter (
            where satisfaction_move(before.satisfaction, later.satisfaction) = 'rise'
        ) as risen,
    from later
    inner join
        sop_cells(coalesce($first_day, ($as_of - interval 1 month)::date), null, $filters) as before
        on later.customer_id = before.customer_id
),

steps as (
    select
        count(*) filter (where states.is_open) as open_steps,
        count(*) filter (where states.is_overdue) as overdue_steps,
    from task_states as states
    inner join later on states.customer_id = later.customer_id
    where states.is_step
),

counted as (
    select
        count(*) as customers,
        coalesce(sum(arr), 0) as arr,
        count(*) filter (where satisfaction = 'satisfied') as satisfied,
        count(*) filter (where satisfaction = 'neutral') as neutral,
        count(*) filter (where satisfaction = 'critical') as critical,
        count(*) filter (where satisfaction = 'not_asked') as not_asked,
        coalesce(sum(arr) filter (where satisfaction = 'critical'), 0) as critical_arr,
        coalesce(sum(arr) filter (where satisfaction = 'not_asked'), 0) as not_asked_arr,
        count(*) filter (where scale = 'large' and satisfaction = 'critical') as large_critical,
        coalesce(sum(arr) filter (where scale = 'large' and satisfaction = 'critical'), 0)
            as large_critical_arr,
        count(*) filter (where scale = 'unknown') as unknown_scale,
        coalesce(sum(answers), 0)::bigint as answers,
        nps_of(sum(promoters), sum(detractors), sum(answers)) as nps,
    from later
)

select
    counted.* exclude (answers, nps),
    moved.fallen,
    moved.fallen_arr,
    moved.risen,
    counted.answers,
    counted.nps,
    steps.open_steps,
    steps.overdue_steps,
    coalesce($first_day, ($as_of - interval 1 month)::date) as since_day,
from counted
cross join moved
cross join steps
