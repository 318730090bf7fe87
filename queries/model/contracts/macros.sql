-- Whether a status marks a contract as lost: by a word for it, or as it has ended and nothing follows (B9, M12).
create or replace macro is_lost_word(meaning) as
    coalesce(meaning in ('lost', 'ended'), false);
