-- The group of an answer to "would you recommend us?": promoter from 9, detractor up to 6, passive between, 6.5
-- too (M29). How satisfied a customer is, is another question: the mean of its answers decides (G6).
create or replace macro nps_group(nps) as
    case
        when nps >= 9 then 'promoter'
        when nps <= 6 then 'detractor'
        when nps is not null then 'passive'
    end;

-- The NPS of a count of answers, -100 to 100; null without any: 6.5, 8, 9 and 10 make 100 * (2 - 0) / 4 = 50.
create or replace macro nps_of(promoters, detractors, answers) as
    100 * (promoters - detractors) / nullif(answers, 0);
