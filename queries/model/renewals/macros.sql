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
