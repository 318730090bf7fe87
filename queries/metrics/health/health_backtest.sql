-- question: Did health foretell what came: how did each quadrant renew, 90 days later?
-- grain: one row per quadrant 90 days before the end, of the contracts decided
-- key: quadrant or null
-- parameters:
--   first_day: first day of the window of end dates, null for no limit
-- columns:
--   quadrant (ordinal): at the last month end not after 90 days before the last day; null where unknown
--   contracts (count): decided contracts
--   renewed (count): of them renewed
--   rate (rate): renewed / contracts
--   rate_low (rate): lower bound of the Wilson 95 % interval
--   rate_high (rate): upper bound
--   outcome_auc (rate): chance that a renewed contract's outcome score was above a lost one's, of all quadrants
--   experience_auc (rate): the same of the experience score
--   auc (rate): the same of the mean of both
--   auc_low (rate): lower bound of its 95 % interval (Hanley and McNeil 1982)
--   auc_high (rate): upper bound
--   count_renewed (count): renewed contracts with both scores, of all quadrants
--   count_lost (count): lost contracts with both scores
--   is_telling (flag): whether there are ten of each and the interval leaves out 0.5, which is chance
with chosen as (
    select foretold.*,
    from foretold($as_of) as foretold
    inner join segments(null, null, $filters) as scope on foretold.contract_id = scope.contract_id
    where
        in_window(foretold.end_date, $first_day, $last_day)
),

cases as (
    select
        is_renewed,
        unnest(['outcome', 'experience', 'both']) as name,
        unnest([outcome_score, experience_score, score]) as score,
    from chosen
),

ranked as (
    select
        name,
        is_renewed,
        -- equal scores share their ranks
        rank() over (partition by name order by score)
        + (count(*) over (partition by name, score) - 1) / 2 as place,
    from cases
    where score is not null
),

counted as (
    select
        name,
        count(*) filter (where is_renewed) as renewed,
        count(*) filter (where not is_renewed) as lost,
        sum(place) filter (where is_renewed) as places,
    from ranked
    group by name
),

-- the share of pairs in order, by the sum of ranks (Mann and Whitney 1947)
areas as (
    select
        name,
        renewed,
        lost,
        (places - renewed * (renewed + 1) / 2) / nullif(renewed * lost, 0) as auc,
    from counted
),

spread as (
    select
        *,
        sqrt(
            (
                auc * (1 - auc)
                + (renewed - 1) * (auc / (2 - auc) - auc * auc)
                + (lost - 1) * (2 * auc * auc / (1 + auc) - auc * auc)
            ) / nullif(renewed * lost, 0)
        ) as error,
    from areas
),

told as (
    select
        any_value(auc) filter (where name = 'outcome') as outcome_auc,
        any_value(auc) filter (where name = 'experience') as experience_auc,
        any_value(auc) filter (where name = 'both') as auc,
        any_value(greatest(0, auc - 1.96 * error)) filter (where name = 'both') as auc_low,
        any_value(least(1, auc + 1.96 * error)) filter (where name = 'both') as auc_high,
        coalesce(any_value(renewed) filter (where name = 'both'), 0) as count_renewed,
        coalesce(any_value(lost) filter (where name = 'both'), 0) as count_lost,
    from spread
)

select
    chosen.quadrant,
    count(*) as contracts,
    count(*) filter (where chosen.is_renewed) as renewed,
    count(*) filter (where chosen.is_renewed) / count(*) as rate,
    wilson_low(count(*) filter (where chosen.is_renewed), count(*)) as rate_low,
    wilson_high(count(*) filter (where chosen.is_renewed), count(*)) as rate_high,
    any_value(told.outcome_auc) as outcome_auc,
    any_value(told.experience_auc) as experience_auc,
    any_value(told.auc) as auc,
    any_value(told.auc_low) as auc_low,
    any_value(told.auc_high) as auc_high,
    any_value(told.count_renewed) as count_renewed,
    any_value(told.count_lost) as count_lost,
    coalesce(
        any_value(
            not is_few(least(told.count_renewed, told.count_lost))
            and (told.auc_low > 0.5 or told.auc_high < 0.5)
        ),
        false
    ) as is_telling,
from chosen
cross join told
group by chosen.quadrant
order by chosen.quadrant nulls last
