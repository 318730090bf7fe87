-- What the files of health share; made in every workplace.

-- Whether a score passes a limit: true upwards, false downwards, null where it stays within the margin.
-- At or over the limit is the better side (J6); in the first month there is nothing to stay at (J7).
create or replace macro passes(score, at_limit, margin, is_first) as
    case
        when score >= round(at_limit + margin, 9) then true
        when is_first or score <= round(at_limit - margin, 9) then false
    end;

-- The day to which data are told on a day, by the newest of them: a stale one, else the day (M36). With the newest of
-- 30 September it is 30 September on 31 October, and 10 October on 10 October.
create or replace macro told_until(latest, day) as
    case when latest > day - 90 then if(is_stale(latest, day), latest, day) end;
