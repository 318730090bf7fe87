-- question: How many contracts count as lost only because nothing says what became of them?
-- grain: one row
-- columns:
--   contracts (count): ended contracts whose file has an outcome column and leaves it blank, with no later contract of the customer: lost for that alone (M33)
--   arr (money): their ARR
--   lost (count): all lost contracts
with asked as (
    select distinct told.contract_id,
    from (
        select
            contract_id,
            unnest(sources) as source,
        from contracts
        where outcome is null
    ) as told
    inner join tend.stg_sheets
        on
            told.source.import_id = stg_sheets.import_id
            and told.source.sheet_no = stg_sheets.sheet_no
    where list_contains(stg_sheets.has, 'outcome')
),

lost as (
    select
        renewals.arr,
        asked.contract_id is not null
        and not contracts.is_said_lost
        and not coalesce(contracts.is_ended, false)
        and not exists (
            from contracts as later
            where
                later.customer_id = renewals.customer_id
                and later.start_date > coalesce(renewals.start_date, renewals.end_date)
        ) as is_for_blank,
    from renewals
    inner join contracts on renewals.contract_id = contracts.contract_id
    inner join segments(null, null, $filters) as scope on renewals.contract_id = scope.contract_id
    left join asked on renewals.contract_id = asked.contract_id
    where renewals.outcome = 'lost' and in_window(renewals.end_date, $first_day, $last_day)
)

select
    count(*) filter (where is_for_blank) as contracts,
    coalesce(sum(arr) filter (where is_for_blank), 0) as arr,
    count(*) as lost,
from lost
