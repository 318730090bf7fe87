-- question: How new is what the data say of a day?
-- grain: one row per data set of what customers do and people do for them; with none of them one of the last import
-- key: dataset
-- columns:
--   dataset (code datasets): name of the data set; imports where only the last import tells
--   latest (date): its newest day up to the as-of date
--   age_days (days): days from then to the as-of date
--   is_stale (flag): over two weeks old
with known as (
    select
        dataset,
        latest,
        is_stale,
    from reach
    union all
    select
        'imports' as dataset,
        max(imported_at)::date as latest,
        is_stale(max(imported_at)::date, $as_of) as is_stale,
    from tend.imports
    where undone_at is null and imported_at::date <= $as_of and not exists (from reach)
    having count(*) > 0
)

select
    dataset,
    latest,
    $as_of - latest as age_days,
    is_stale,
from known
order by latest desc, dataset
