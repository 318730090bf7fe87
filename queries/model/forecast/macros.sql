-- The distances from its end at which a contract is held against others, in days left, and the one it stands at: of
-- 20 days left 14, of 70 days over -60 (M30). Beyond 90 days they go on by 30 for a year: a contract of three months
-- was never six months before its end. One without an end stands at 90.
create or replace macro forecast_steps() as
    (range(360, 60, -30) || [60, 30, 14, 0, -14, -30, -60])::integer[];
create or replace macro forecast_step(days_left) as
    coalesce(
        list_max(list_filter(forecast_steps(), lambda step: step <= coalesce(days_left, 90))),
        list_min(forecast_steps())
    );

-- A rate with one more of each outcome, as three of three make nothing certain; and the variance of what it may be.
create or replace macro likely_rate(hits, cases) as (hits + 1) / (cases + 2);
create or replace macro doubt_of_rate(hits, cases) as
    likely_rate(hits, cases) * (1 - likely_rate(hits, cases)) / (cases + 3);

-- The odds of a chance that somebody says: it is not in doubt.
create or replace macro odds_given(chance) as {
    'chance': chance::double,
    'likely': chance::double,
    'shared_doubt': 0::double,
    'pool_doubt': 0::double
};

-- A chance of its own, as its stage or somebody says it, comes before what those alike tell; and who is held against the
-- same others: nobody with a chance of its own.
create or replace macro odds_of(own_chance, learned) as
    if(own_chance is null, learned, odds_given(own_chance));
create or replace macro basis_of(own_basis, quadrant) as
    case
        when own_basis is not null then own_basis
        when quadrant is not null then 'quadrant'
        else 'size'
    end;
create or replace macro pool_of(own_chance, step, size, quadrant) as
    if(own_chance is null, {'step': step, 'size': size, 'quadrant': quadrant}, null);

-- The odds by those alike, drawn towards all at that distance, which weigh as much as ten contracts; and what the
-- chance may be: shared_doubt is the deviation that comes with the rate of all, pool_doubt the variance of its own
-- pool (beta-binomial).
create or replace macro odds_learned(renewed, decided, all_renewed, all_decided) as {
    'chance': (renewed + 10 * all_renewed / all_decided) / (decided + 10),
    'likely': (renewed + 10 * likely_rate(all_renewed, all_decided)) / (decided + 10),
    'shared_doubt': 10 / (decided + 10) * sqrt(doubt_of_rate(all_renewed, all_decided)),
    'pool_doubt': (
        (renewed + 10 * likely_rate(all_renewed, all_decided))
        * (decided - renewed + 10 * (1 - likely_rate(all_renewed, all_decided)))
        - 100 * doubt_of_rate(all_renewed, all_decided)
    ) / ((decided + 10) ** 2 * (decided + 11))
};

-- What is known of the sum of outcomes, each of an ARR and its odds: what is in doubt of a pool hits all contracts held
-- against it (pool_arr together), what is in doubt of all rates hits every one.
create or replace macro moments_of(odds, arr, pool_arr) as {
    'expected': sum(odds.chance * arr),
    'middle': sum(odds.likely * arr),
    'variance': sum(
        (odds.likely * (1 - odds.likely) - odds.pool_doubt - odds.shared_doubt ** 2) * arr ** 2
    )
    + sum(odds.pool_doubt * arr * pool_arr)
    + sum(odds.shared_doubt * arr) ** 2,
    'third': sum(odds.likely * (1 - odds.likely) * (1 - 2 * odds.likely) * arr ** 3),
    'least': sum(least(arr, 0)),
    'most': sum(greatest(arr, 0))
};

-- A percentile of the sum, so many deviations from the middle: nearly normal, but where most renew a loss is the
-- surprise, and both ends lie lower (E. A. Cornish and R. A. Fisher 1938).
create or replace macro sum_at(moments, deviations) as
    moments.middle + deviations * sqrt(moments.variance)
    + (deviations ** 2 - 1) / 6 * coalesce(moments.third / nullif(moments.variance, 0), 0);

-- The 80 % interval of the sum: between its 10th and 90th percentile; from the 20th where nothing can come above, as
-- all that can come is in it. Never without what is expected.
create or replace macro high_of(moments) as
    case
        when moments.expected is not null
            then least(
                greatest(moments.expected, sum_at(moments, 1.2815515655446004)), moments.most
            )
    end;
create or replace macro low_of(moments) as
    case
        when moments.expected is not null
            then greatest(
                least(
                    moments.expected,
                    sum_at(
                        moments,
                        if(
                            sum_at(moments, 1.2815515655446004) < moments.most,
                            -1.2815515655446004,
                            -0.8416212335729143
                        )
                    )
                ),
                moments.least
            )
    end;

-- Whether a CSM's call and the model say the opposite of a renewal.
create or replace macro is_at_odds(call, chance) as
    coalesce((call = 'commit' and chance < 0.5) or (call = 'lost' and chance >= 0.5), false);

-- What a CSM's call says as a chance: commit is 1, at risk even, lost 0.
create or replace macro chance_said(call) as
    case call when 'commit' then 1.0 when 'at_risk' then 0.5 when 'lost' then 0.0 end;

-- The tenth in which a chance lies, by its lower bound; 0.3 is not to fall below 0.3 by its last digit.
create or replace macro tenth_of(chance) as
    if(chance is null, null, least(9, floor(round(chance * 10, 9))) / 10);
