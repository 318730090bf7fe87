-- question: How many of all who answered would recommend us, and how many advise against?
-- grain: one row per segment with answers
-- key: segment
-- grouped by: dimensions
-- parameters:
--   first_day: first day of the window, null for 12 months before its last
--   last_day: last day of the window, null for the as-of date
-- columns:
--   segment (label): label in the dimension
--   answers (count): respondents, each with the latest answer that has an NPS
--   promoters (count): 9 and more
--   passives (count): between
--   detractors (count): 6 and less
--   nps (nps): % promoters - % detractors, -100 to 100
--   customers (count): customers that answered
--   is_few_cases (flag): fewer than 10 answers
--   target (nps): what the settings aim at; null without a target
with answers as (
    select *,
    from nps_answers(
        coalesce($first_day, year_to(until_day($last_day, $as_of))),
        until_day($last_day, $as_of)
    )
)

select
    scope.segment,
    count(*) as answers,
    count(*) filter (where answers.nps_group = 'promoter') as promoters,
    count(*) filter (where answers.nps_group = 'passive') as passives,
    count(*) filter (where answers.nps_group = 'detractor') as detractors,
    nps_of(promoters, detractors, count(*)) as nps,
    count(distinct answers.customer_id) as customers,
    is_few(count(*)) as is_few_cases,
    $targets['nps']::double as target,
from answers
inner join
    customer_segments($group_by, $filters, $as_of) as scope
    on answers.customer_id = scope.customer_id
group by scope.segment
order by scope.segment
