-- question: Whom does a CSM serve first today, and why?
-- grain: one row per customer with a contract in force that is not marked lost
-- key: customer_id
-- columns:
--   csm (label): the customer's CSM, "unknown" for none
--   customer_id (text): the customer
--   customer_name (text): its name
--   priority (number): the sum of its parts; the highest is served first
--   reasons (list of code service.parts): the parts that are not nought, the weightiest first
--   renewal_part (number): its next contract ends within 120 days, or is overdue
--   health_part (number): outcome or experience is at risk or average
--   fall_part (number): it stands in a lower quadrant than three months before
--   touch_part (number): not touched in this month; more when not for 60 days; nothing where the data have no touches then
--   task_part (number): tasks past their day
--   stage_part (number): its renewal stands in a stage for longer than its tier's limit
--   weight (number): what each part was multiplied by: from 0.5 for the smallest of the CSM's book by ARR to 1.5
--   arr (money): ARR of its contracts, workspace currency
--   end_date (date): last day of its next contract due or overdue
--   days_left (days): end date - as-of date
--   outcome_state (code states): healthy, average, at_risk or unknown
--   experience_state (code states): healthy, average, at_risk or unknown
--   from_quadrant (ordinal): quadrant three months before
--   to_quadrant (ordinal): quadrant now
--   last_touch (date): day of the last touch by anybody
--   days_since_touch (days): days since then
--   overdue_tasks (count): tasks past their day
--   open_tasks (count): tasks not done
--   stage (code stages): the stage its renewal stands in, not_started where it should have begun
--   days_in_stage (days): days since it was entered
--   limit_days (days): days it may stand there
--   contract_id (text): its next contract
with over_limit as (
    select
        customer_id,
        max_by(stage, (is_over_limit, days_in_stage, contract_id)) as stage,
        max_by(days_in_stage, (is_over_limit, days_in_stage, contract_id)) as days_in_stage,
        max_by(limit_days, (is_over_limit, days_in_stage, contract_id)) as limit_days,
        bool_or(is_over_limit) as is_over_limit,
    from stage_standing
    where not is_decided
    group by customer_id
),

weighed as (
    select
        stands.*,
        over_limit.stage,
        over_limit.days_in_stage,
        over_limit.limit_days,
        over_limit.is_over_limit,
        -- its place in the CSM's book by ARR: one in the middle counts once
        0.5 + (count(*) over smaller - 1) / greatest(count(*) over book - 1, 1) as weight,
    from customer_stands($filters, $as_of) as stands
    left join over_limit on stands.customer_id = over_limit.customer_id
    window
        book as (partition by stands.csm),
        smaller as (partition by stands.csm order by stands.arr)
),

points as (
    select
        *,
        -- 35 within 30 days or overdue, nothing at 120
        35 * greatest(0, least(1, (120 - coalesce(days_left, 120)) / 90)) as renewal_points,
        [12, 5, 0][outcome_level + 1] as outcome_points,
        [8, 3, 0][experience_level + 1] as experience_points,
        if(has_fallen, 10, 0) as fall_points,
        if(coalesce(is_touched, true), 0, 10) + if(is_long_untouched, 5, 0) as touch_points,
        least(10, 5 * overdue_tasks) as task_points,
        if(coalesce(is_over_limit, false), 10, 0) as stage_points,
    from weighed
    where not is_given_up
),

-- to one decimal, as they are shown: what is seen adds up
parts as (
    select
        *,
        round(weight * renewal_points, 1) as renewal_part,
        round(weight * (coalesce(outcome_points, 0) + coalesce(experience_points, 0)), 1)
            as health_part,
        round(weight * fall_points, 1) as fall_part,
        round(weight * touch_points, 1) as touch_part,
        round(weight * task_points, 1) as task_part,
        round(weight * stage_points, 1) as stage_part,
    from points
)

select
    csm,
    customer_id,
    customer_name,
    round(renewal_part + health_part + fall_part + touch_part + task_part + stage_part, 1)
        as priority,
    list_transform(
        list_reverse_sort(
            list_filter(
                [
                    {'part': renewal_part, 'place': -1, 'name': 'renewal'},
                    {'part': health_part, 'place': -2, 'name': 'health'},
                    {'part': fall_part, 'place': -3, 'name': 'fall'},
                    {'part': touch_part, 'place': -4, 'name': 'touch'},
                    {'part': task_part, 'place': -5, 'name': 'task'},
                    {'part': stage_part, 'place': -6, 'name': 'stage'}
                ],
                lambda one: one.part > 0
            )
        ),
        lambda one: one.name
    ) as reasons,
    renewal_part,
    health_part,
    fall_part,
    touch_part,
    task_part,
    stage_part,
    weight,
    arr,
    end_date,
    days_left,
    outcome_state,
    experience_state,
    quadrant_before as from_quadrant,
    quadrant as to_quadrant,
    last_touch,
    days_since_touch,
    overdue_tasks,
    open_tasks,
    stage,
    days_in_stage,
    limit_days,
    contract_id,
from parts
order by priority desc, arr desc, customer_id
