-- question: Whom would another rule move from tier to tier?
-- grain: one row per tier as it is by the settings and tier as it would be
-- key: from_tier, to_tier
-- parameters:
--   strategic_draft (rate, optional): share of customers that are strategic, as tried; null: as set
--   core_draft (rate, optional): the next share, core, as tried; null: as set
--   moves_only (flag, optional): without those that would stay; null: with them
-- columns:
--   from_tier (code values): by the rule as set
--   to_tier (code values): by the rule as tried
--   customers (count): customers in force
--   arr (money): their ARR
--   direction (code): up, down or stay
--   place (ordinal): order of the rows
--   count_up (count): customers that would go up, over all rows
--   count_down (count): customers that would go down
--   count_stay (count): customers that would stay
with pairs as (
    select
        now.tier as from_tier,
        tried.tier as to_tier,
        now.arr,
        list_position(['strategic', 'core', 'basic'], now.tier) as from_step,
        list_position(['strategic', 'core', 'basic'], tried.tier) as to_step,
    from tiers_on($as_of, $strategic_share, $core_share) as now
    inner join
        tiers_on(
            $as_of,
            coalesce($strategic_draft, $strategic_share),
            coalesce($core_draft, $core_share)
        ) as tried
        on now.customer_id = tried.customer_id
    semi join segments(null, null, $filters) as scope on now.customer_id = scope.customer_id
    where now.is_in_force
),

totals as (
    select
        count(*) filter (where to_step < from_step) as count_up,
        count(*) filter (where to_step > from_step) as count_down,
        count(*) filter (where to_step = from_step) as count_stay,
    from pairs
)

select
    from_tier,
    to_tier,
    count(*) as customers,
    coalesce(sum(arr), 0) as arr,
    case
        when to_step < from_step then 'up'
        when to_step > from_step then 'down'
        else 'stay'
    end as direction,
    10 * from_step + to_step as place,
    any_value(totals.count_up) as count_up,
    any_value(totals.count_down) as count_down,
    any_value(totals.count_stay) as count_stay,
from pairs
cross join totals
where to_step <> from_step or not coalesce($moves_only, false)
group by from_tier, to_tier, from_step, to_step
order by place
