-- The distances from its end at which a contract is held against others, in days left, and the one it stands at: of
-- 20 days left 14, of more than 90 and without an end 90, of 70 days over -60 (M30).
create or replace macro forecast_steps() as [90, 60, 30, 14, 0, -14, -30, -60];
create or replace macro forecast_step(days_left) as
    coalesce(
        list_max(list_filter(forecast_steps(), lambda step: step <= coalesce(days_left, 90))),
        list_min(forecast_steps())
    );

-- The 80 % interval of the sum of independent outcomes, each of a chance and an ARR: nearly normal, between its
-- 10th and 90th percentile, never beyond what can come at all.
create or replace macro spread_of(chance, arr) as
    1.2815515655446004 * sqrt(sum(chance * (1 - chance) * arr * arr));
create or replace macro low_of(chance, arr) as
    case
        when spread_of(chance, arr) is not null
            then greatest(sum(chance * arr) - spread_of(chance, arr), sum(least(arr, 0)))
    end;
create or replace macro high_of(chance, arr) as
    case
        when spread_of(chance, arr) is not null
            then least(sum(chance * arr) + spread_of(chance, arr), sum(greatest(arr, 0)))
    end;

-- Whether a CSM's call and the model say the opposite of a renewal.
create or replace macro is_at_odds(call, chance) as
    coalesce((call = 'commit' and chance < 0.5) or (call = 'lost' and chance >= 0.5), false);

-- What a CSM's call says as a chance: commit is 1, at risk even, lost 0.
create or replace macro chance_said(call) as
    case call when 'commit' then 1.0 when 'at_risk' then 0.5 when 'lost' then 0.0 end;
