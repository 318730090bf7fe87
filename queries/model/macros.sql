-- What model and metrics share; made in every snapshot.

-- The bounds of the Wilson 95 % interval of a rate (E. B. Wilson 1927), null without cases.
create or replace macro wilson_low(hits, cases) as
    (hits + 1.9208 - 1.96 * sqrt(hits * (cases - hits) / nullif(cases, 0) + 0.9604))
    / (nullif(cases, 0) + 3.8416);
create or replace macro wilson_high(hits, cases) as
    (hits + 1.9208 + 1.96 * sqrt(hits * (cases - hits) / nullif(cases, 0) + 0.9604))
    / (nullif(cases, 0) + 3.8416);

-- Points of a value between two limits: 0 at the worse one, 100 at the better one, straight between;
-- where both are equal, 100 at it or beyond, else 0 (J4).
create or replace macro points(value, low, high, is_more_better) as
    case
        when value is null or low is null or high is null then null
        when low >= high and is_more_better then if(value >= high, 100, 0)
        when low >= high then if(value <= low, 100, 0)
        when is_more_better then greatest(0, least(100, 100 * (value - low) / (high - low)))
        else greatest(0, least(100, 100 * (high - value) / (high - low)))
    end;

-- A level's state; no score is a state of its own.
create or replace macro state_of(level) as
    coalesce(['at_risk', 'average', 'healthy'][level + 1], 'unknown');

-- The last month end that is not after a day (J2).
create or replace macro month_end_by(day) as
    if(last_day(day) = day, day, (date_trunc('month', day) - interval 1 day)::date);

-- The side of a level where average joins the nearer one: 0 the lower, 1 the upper (J10).
create or replace macro side_of(level, score, average_from, healthy_from) as
    case
        when level is null then null
        when level <> 1 then level // 2
        else (abs(healthy_from - score) <= abs(score - average_from))::integer
    end;

-- A move between the cells of a grid with so many sides: a rise when no axis falls and one rises, a fall
-- the reverse.
create or replace macro direction_in(from_cell, to_cell, sides) as
    case
        when from_cell is null or to_cell is null then null
        when from_cell = to_cell then 'stay'
        when
            (to_cell - 1) // sides >= (from_cell - 1) // sides
            and (to_cell - 1) % sides >= (from_cell - 1) % sides
            then 'rise'
        when
            (to_cell - 1) // sides <= (from_cell - 1) // sides
            and (to_cell - 1) % sides <= (from_cell - 1) % sides
            then 'fall'
        else 'mixed'
    end;

-- The same on the grid of nine.
create or replace macro direction_of(from_quadrant, to_quadrant) as
    direction_in(from_quadrant, to_quadrant, 3);

-- The two month ends that a movement is between: to the last day, or to the as-of date, which nothing
-- passes; from the first day, or from the month end before.
create or replace macro later_month(last_day, as_of) as
    month_end_by(least(coalesce(last_day, as_of), as_of));
create or replace macro earlier_month(first_day, last_day, as_of) as
    if(
        first_day is null,
        (date_trunc('month', later_month(last_day, as_of)) - interval 1 day)::date,
        month_end_by(least(first_day, as_of))
    );

-- A move between cells of satisfaction: up or down among those who answered; a first answer and one that is
-- over 12 months old are moves of their own.
create or replace macro satisfaction_move(was, satisfaction) as
    case
        when was is null then 'new'
        when satisfaction is null then 'gone'
        when was = satisfaction then 'stay'
        when was = 'not_asked' then 'asked'
        when satisfaction = 'not_asked' then 'lapsed'
        when
            list_position(['critical', 'neutral', 'satisfied'], satisfaction)
            > list_position(['critical', 'neutral', 'satisfied'], was)
            then 'rise'
        else 'fall'
    end;

-- Whole months from one day to another, month steps clamped to the month's end (A5).
create or replace macro months_from(first_day, day) as
    datediff('month', first_day, day)
    - ((first_day + to_months(datediff('month', first_day, day)::integer))::date > day)::integer;

-- The share of a cohort that is still there at an age, by the shifted-beta-geometric curve (Fader & Hardie 2007).
create or replace macro sbg_share(alpha, beta, age) as
    exp(lgamma(beta + age) - lgamma(beta) - lgamma(alpha + beta + age) + lgamma(alpha + beta));

-- Years expected from an age on, within the next 20 (F6, E7); each year's share discounted.
create or replace macro sbg_years(alpha, beta, age, rate) as
    list_sum(
        [sbg_share(alpha, beta, age + n) / power(1 + rate, n) for n in range(20)]
    ) / sbg_share(alpha, beta, age);

-- Fifths inside a group, 5 the best: equal values share the better one (E7).
create or replace macro fifth_of(place, count_peers) as
    5 - (5 * (place - 1)) // count_peers;

-- What a contract was on a day, by the days of `decisions`: renewed, lost or open; null while it was not known.
create or replace macro fate(
    day, known_from, given_lost_from, renewed_from, lost_from, seemed_from, seemed_until
) as
    case
        when known_from > day then null
        when given_lost_from <= day then 'lost'
        when renewed_from <= day or (seemed_from <= day and day < seemed_until) then 'renewed'
        when lost_from <= day then 'lost'
        else 'open'
    end;

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

-- The first day of the last month whose end lies in the window and is not after the as-of date (E1).
create or replace macro last_full_month(last_day, as_of) as
    (date_trunc('month', least(coalesce(last_day, as_of), as_of) + 1) - interval 1 month)::date;
