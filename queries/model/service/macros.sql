-- The group of an answer to "would you recommend us?": promoter from 9, detractor up to 6, passive between, 6.5
-- too (M29). How satisfied a customer is, is another question: the mean of its answers decides (G6).
create or replace macro nps_group(nps) as
    case
        when nps >= 9 then 'promoter'
        when nps <= 6 then 'detractor'
        when nps is not null then 'passive'
    end;

-- What tells an answer from others of a customer: its day, and who gave it (M5).
create or replace macro answer_mark(answered_on, respondent, time_of_day, place) as
    answered_on || '|' || coalesce(plain(respondent), concat_ws(' ', time_of_day, nullif(place, 1)));

-- The NPS of a count of answers, -100 to 100; null without any: 6.5, 8, 9 and 10 make 100 * (2 - 0) / 4 = 50.
create or replace macro nps_of(promoters, detractors, answers) as
    100 * (promoters - detractors) / nullif(answers, 0);

-- Whether nobody has touched a customer for 60 days, or ever, by the days that the touches of all tell of (M36);
-- without any touch of anybody nothing is known.
create or replace macro is_long_untouched(last_touch, latest, is_stale, day) as
    latest is not null and coalesce(if(is_stale, latest, day) - last_touch > 60, true);

-- In which order satisfaction and scale are told, the best and the largest first.
create or replace macro satisfaction_place(satisfaction) as
    list_position(['satisfied', 'neutral', 'critical', 'not_asked'], satisfaction);
create or replace macro scale_place(scale) as
    list_position(['large', 'mid', 'small', 'unknown'], scale);

-- A move between cells of satisfaction: up or down among those who answered; a first answer and one that is
-- over 12 months old are moves of their own.
create or replace macro satisfaction_move(was, satisfaction) as
    case
        when was is null then 'new'
        when satisfaction is null then 'gone'
        when was = satisfaction then 'stay'
        when was = 'not_asked' then 'asked'
        when satisfaction = 'not_asked' then 'lapsed'
        when
            satisfaction_place(satisfaction) < satisfaction_place(was)
            then 'rise'
        else 'fall'
    end;
