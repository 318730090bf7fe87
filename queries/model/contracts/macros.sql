-- Whether a status marks a contract as lost: by a word for it, or as it has ended and nothing follows (B9, M12). That
-- its term is over says no more than its end date does, where it has one: it may still be renewed within grace.
create or replace macro is_lost_word(meaning, end_date) as
    coalesce(meaning in ('lost', 'ended') or (meaning = 'over' and end_date is null), false);
