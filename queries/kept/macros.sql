-- What the files of health share; made in every workplace.

-- Whether a score passes a limit: true upwards, false downwards, null where it stays within the margin.
-- At or over the limit is the better side (J6); in the first month there is nothing to stay at (J7).
create or replace macro passes(score, at_limit, margin, is_first) as
    case
        when score >= round(at_limit + margin, 9) then true
        when is_first or score <= round(at_limit - margin, 9) then false
    end;
