-- question: Which segments explain the change of the renewal rate against the period before?
-- grain: one row per segment (and split) with decided contracts in one of the two periods
-- key: segment, split or null
-- grouped by: dimensions
-- columns:
--   segment (label): label in the dimension
--   split (label): label in the second one, null without one
--   decided (count): renewed + lost in the window
--   renewed (count): of them renewed
--   rate (rate): renewed / decided
--   previous_decided (count): renewed + lost in the period before
--   previous_renewed (count): of them renewed
--   previous_rate (rate): the rate then
--   mix_effect (rate change): change of the whole rate because the segment's share of the decided contracts changed
--   rate_effect (rate change): change of the whole rate because the segment's own rate changed
--   effect (rate change): both; the effects of all segments add up to the change
--   change (rate change): change of the whole rate, the same in each row
--   is_few_cases (flag): fewer than 10 decided in both periods together
--   place (ordinal): 1 for the segment that explains most of the change, among those with enough cases; null for others
--   explained_share (rate): share of the change that the segments up to this place explain together
--   explained_effect (rate change): what they add to the change, in all
--   others_effect (rate change): what all other segments add to it
with now_rates as (
    select *,
    from renewal_measures($group_by, $split_by, $filters, $first_day, $last_day)
    where decided > 0
),

previous_rates as (
    select *,
    from
        renewal_measures(
            $group_by, $split_by, $filters, $previous_first_day, $previous_last_day
        )
    where decided > 0
),

paired as (
    select
        coalesce(now_rates.segment, previous_rates.segment) as segment,
        coalesce(now_rates.split, previous_rates.split) as split,
        coalesce(now_rates.decided, 0) as decided,
        coalesce(now_rates.renewed, 0) as renewed,
        now_rates.contract_renewal_rate as rate,
        coalesce(previous_rates.decided, 0) as previous_decided,
        coalesce(previous_rates.renewed, 0) as previous_renewed,
        previous_rates.contract_renewal_rate as previous_rate,
        -- a segment of one period only explains by its share, not by its rate
        coalesce(now_rates.contract_renewal_rate, previous_rates.contract_renewal_rate)
            as rate_now,
        coalesce(previous_rates.contract_renewal_rate, now_rates.contract_renewal_rate)
            as rate_then,
    from now_rates
    full join previous_rates
        on
            now_rates.segment = previous_rates.segment
            and now_rates.split = previous_rates.split
),

wholes as (
    select
        sum(decided) as all_decided,
        sum(previous_decided) as all_previous_decided,
        sum(renewed) / nullif(sum(decided), 0) as whole_now,
        sum(previous_renewed) / nullif(sum(previous_decided), 0) as whole_then,
    from paired
),

shared as (
    select
        *,
        decided / nullif(all_decided, 0) as share,
        previous_decided / nullif(all_previous_decided, 0) as previous_share,
    from paired
    cross join wholes
),

-- Of 10 contracts 5 large ones renew at 80 %, 5 small ones at 40 %: 60 %. Before, 2 were large, 8 small, at the same
-- rates: 48 %. The rates explain nothing; the mix explains 0.3 x (0.8 - 0.54) for the large and -0.3 x (0.4 - 0.54)
-- for the small: 7.8 and 4.2 points, together the 12.
-- Each effect at the mean of both periods, so that nothing is left over (Bennet 1920); shares are held
-- against the whole's own mean rate: a growing segment pulls the rate up only if it is above it
effects as (
    select
        *,
        (share - previous_share) * ((rate_now + rate_then) / 2 - (whole_now + whole_then) / 2)
            as mix_effect,
        (rate_now - rate_then) * (share + previous_share) / 2 as rate_effect,
        whole_now - whole_then as change,
    from shared
),

-- only what moved the same way as the whole explains it
ranked as (
    select
        segment,
        split,
        row_number() over (
            order by abs(mix_effect + rate_effect) desc, segment, split
        ) as place,
        sum((mix_effect + rate_effect) / nullif(change, 0)) over (
            order by abs(mix_effect + rate_effect) desc, segment, split
        ) as explained_share,
        sum(mix_effect + rate_effect) over (
            order by abs(mix_effect + rate_effect) desc, segment, split
        ) as explained_effect,
        change,
    from effects
    where (mix_effect + rate_effect) * sign(change) > 0 and not is_few(decided + previous_decided)
)

select
    effects.segment,
    if($split_by is null, null, effects.split) as split,
    effects.decided,
    effects.renewed,
    effects.rate,
    effects.previous_decided,
    effects.previous_renewed,
    effects.previous_rate,
    effects.mix_effect,
    effects.rate_effect,
    effects.mix_effect + effects.rate_effect as effect,
    effects.change,
    is_few(effects.decided + effects.previous_decided) as is_few_cases,
    ranked.place,
    ranked.explained_share,
    ranked.explained_effect,
    ranked.change - ranked.explained_effect as others_effect,
from effects
left join ranked on effects.segment = ranked.segment and effects.split = ranked.split
order by
    abs(effects.mix_effect + effects.rate_effect) desc nulls last,
    effects.segment,
    effects.split
