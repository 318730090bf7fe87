-- One row per day asked for and contract that can be renewed: what it was that day; null while it was not known.
create or replace macro fates(days) as table
    select
        moments.day,
        decisions.*,
        fate(
            moments.day,
            decisions.known_from,
            decisions.given_lost_from,
            decisions.renewed_from,
            decisions.lost_from,
            decisions.seemed_from,
            decisions.seemed_until
        ) as fate,
    from (select unnest(days) as day,) as moments
    cross join decisions;
