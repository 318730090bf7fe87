-- question: How new is each data set, seen from a day, and which is stale?
-- grain: one row per data set
-- key: dataset
-- columns:
--   dataset (code datasets): name of the data set
--   rows (count): facts
--   customers (count): customers with facts in it
--   latest (date): the day until which it is known then; of contracts and customers the day of the last import or entry
--   age_days (days): days from then to the as-of date
--   is_stale (flag): over two weeks old; null where age says nothing: of a customer list, of tasks, of what is not there
with told as (
    select
        stg_sheets.dataset,
        max(stg_sheets.imported_at)::date as latest,
    from tend.stg_sheets as stg_sheets
    where stg_sheets.imported_at::date <= $as_of
    group by stg_sheets.dataset
),

-- said and made by people here, or brought along with them: nobody waits for a file
made as (
    select
        'calls' as dataset,
        max(called_on) as latest,
    from tend.stg_calls
    where called_on <= $as_of
    union all
    select
        'tasks' as dataset,
        max(made_on) as latest,
    from tend.stg_tasks
    where made_on <= $as_of
    union all
    select
        'decisions' as dataset,
        max(decided_on) as latest,
    from tend.stg_decisions
    where decided_on <= $as_of
),

dated as (
    select
        sets.dataset,
        sets.count_rows,
        sets.customers,
        if(
            sets.dataset in ('contracts', 'customers'),
            told.latest,
            coalesce(reach.tells_until, made.latest)
        ) as newest,
        sets.dataset = 'contracts' or reach.dataset is not null as is_news,
    from tend.stg_data_sets as sets
    left join told on sets.dataset = told.dataset
    left join reach on sets.dataset = reach.dataset
    left join made on sets.dataset = made.dataset
)

select
    dataset,
    count_rows as rows,
    customers,
    newest as latest,
    $as_of - newest as age_days,
    if(is_news, is_stale(newest, $as_of), null) as is_stale,
from dated
order by
    list_position(
        ['customers', 'contracts', 'usage', 'surveys', 'touches', 'stages', 'tickets'], dataset
    ) nulls last,
    dataset
