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
