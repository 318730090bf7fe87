-- question: How do the scores of our customers lie?
-- grain: one row per score and step of four points that occurs
-- key: score, bin_from
-- parameters:
--   as_of: the as-of date; the scores are those of the last month end not after it
-- columns:
--   score (code): outcome or experience
--   bin_from (number): the step's first point
--   bin_to (number): the next step's first point, 100 for the last
--   count (count): customers in force with a score in the step
--   height (rate): count / the count of the score's fullest step
with scored as (
    select
        unnest(['outcome', 'experience']) as score,
        unnest([outcome_score, experience_score]) as value,
    from health_at($as_of)
),

placed as (
    select
        score,
        4 * least(24, floor(value / 4)) as bin_from,
    from scored
    where value is not null
)

select
    score,
    bin_from,
    bin_from + 4 as bin_to,
    count(*) as count,
    count(*) / max(count(*)) over (partition by score) as height,
from placed
group by score, bin_from
order by score desc, bin_from
