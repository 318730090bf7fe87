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

-- The reverse, 1 the lowest: equal values share the lower one.
create or replace macro fifth_upwards(place, cases) as 1 + 5 * (place - 1) // cases;
