-- What all layers share.

-- A word without regard to case and width: West, west and Ｗest are one (M29). Few words have wide signs, and
-- translate() is slow: it is asked only for those.
create or replace macro folded(words) as
    lower(
        if(
            strlen(words) <> length(words) and regexp_matches(words, '[！-～　]'),
            translate(
                words,
                '！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ｛｜｝～　',
                '!"#$%&''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abcdefghijklmnopqrstuvwxyz{|}~ '
            ),
            words
        )
    );

-- An id without what people lose of it: case, leading zeros, the .0 of a number (M7).
create or replace macro near_id(id) as
    ltrim(regexp_replace(folded(id), '\.0+$', ''), '0');

-- How words are compared: folded, trimmed, single spaces (B11, K4).
create or replace macro plain(words) as
    trim(regexp_replace(folded(words), '\s+', ' ', 'g'));

-- A word by its letters and digits alone: Closed-Won and closedwon are one (M12).
create or replace macro letters(words) as
    regexp_replace(folded(words), '[^\p{L}\p{N}]', '', 'g');

-- Whether a deal is a contract: where a stage is given, only when it was won (M24).
create or replace macro is_won(deal_status, status_words) as
    deal_status is null
    or coalesce(status_words[letters(deal_status)] in ('in_force', 'renewed'), false);

-- Whether a text has a word in it, a word in Latin letters where one of the text's begins so: moved, not removed (M21);
-- one of two letters as a whole: P is no product. No text has an empty word.
create or replace macro speaks_of(words, word) as
    word <> '' and contains(
        ' ' || trim(regexp_replace(folded(words), '[^\p{L}\p{N}]+', ' ', 'g')) || ' ',
        case
            when not regexp_matches(word, '^[a-z0-9]') then word
            when length(word) <= 2 then ' ' || word || ' '
            else ' ' || word
        end
    );
