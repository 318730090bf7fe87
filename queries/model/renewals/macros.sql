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

-- How soon a contract is due: overdue, within 30, 60, 90 days; null: later. One without an end has ended undecided.
create or replace macro due_horizon(days_left) as
    case
        when coalesce(days_left, -1) < 0 then 'overdue'
        when days_left <= 30 then 'd30'
        when days_left <= 60 then 'd60'
        when days_left <= 90 then 'd90'
    end;

-- Whether a customer's next end is near enough for a fall to matter first: overdue, or within 120 days.
create or replace macro ends_soon(days_left) as coalesce(days_left <= 120, false);
