-- question: From which score on is a customer average, and from which healthy?
-- grain: one row per score
-- key: score
-- parameters:
--   as_of: the as-of date; the limits are those of the last month end not after it
-- columns:
--   score (code): outcome or experience
--   average_from (number): at risk below it
--   healthy_from (number): healthy at or over it
--   cases (count): scores they are learned from, where they are not set by hand
--   is_learned (flag): whether these are of renewed contracts; else of customers in force
select
    score,
    average_from,
    healthy_from,
    count_cases as cases,
    is_learned,
from tend.health_levels
where month = month_end_by($as_of)
order by score desc
