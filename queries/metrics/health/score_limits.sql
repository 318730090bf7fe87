-- question: From which score on is a customer average, and from which healthy?
-- grain: one row per score
-- parameters:
--   as_of: the as-of date; the limits are those of the last month end not after it
-- columns:
--   score: outcome or experience
--   average_from: at risk below it
--   healthy_from: healthy at or over it
--   cases: scores they are learned from, where they are not set by hand
--   is_learned: whether these are of renewed contracts; else of customers in force
select
    score,
    average_from,
    healthy_from,
    count_cases as cases,
    is_learned,
from tend.health_levels
where month = month_end_by($as_of)
order by score desc
