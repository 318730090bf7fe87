-- One row per contract: the latest word on it, its last day in force (A1), term in months (A5) and yearly value (C6).
with accepted as (
    select
        rows_contracts.* exclude (customer_id, contract_id),
        stg_sheets.has,
        stg_sheets.imported_at,
        stg_identities.customer_id,
        -- a stable id made from the key where the file gives none (K2)
        coalesce(
            rows_contracts.contract_id,
            'K-' || left(md5(concat_ws(
                '|',
                stg_identities.customer_id,
                coalesce(plain(rows_contracts.product), ''),
                coalesce(rows_contracts.start_date::varchar, ''),
                coalesce(rows_contracts.end_date::varchar, '')
            )), 10)
        ) as contract_id,
    from rows_contracts
    inner join stg_sheets
        on
            rows_contracts.import_id = stg_sheets.import_id
            and rows_contracts.sheet_no = stg_sheets.sheet_no
            and stg_sheets.dataset = 'contracts'
    left join stg_identities
        on
            rows_contracts.customer_id is not distinct from stg_identities.given_id
            and rows_contracts.name_key is not distinct from stg_identities.name_key
    where rows_contracts.amount_basis is distinct from 'month'
),

-- most contracts stand in one row and need no folding
repeated as (
    select contract_id,
    from accepted
    group by contract_id
    having count(*) > 1
),

folded as (
    select
        contract_id,
        max_by(customer_id, import_id) as customer_id,
        latest(contract_type, 'contract_type', has, import_id) as contract_type,
        latest(product, 'product', has, import_id) as product,
        latest(start_date, 'start_date', has, import_id) as start_date,
        latest(end_date, 'end_date', has, import_id) as end_date,
        latest(amount, 'amount', has, import_id) as amount,
        latest(amount_basis, 'amount', has, import_id) as amount_basis,
        latest(currency, 'currency', has, import_id) as currency,
        latest(licensed_users, 'licensed_users', has, import_id) as licensed_users,
        latest(signed_date, 'signed_date', has, import_id) as signed_date,
        latest(previous_contract_id, 'previous_contract_id', has, import_id)
            as previous_contract_id,
        latest(status, 'status', has, import_id) as status,
        latest(ended_on, 'ended_on', has, import_id) as ended_on,
        latest(outcome, 'outcome', has, import_id) as outcome,
        latest(renewed_amount, 'renewed_amount', has, import_id) as renewed_amount,
        latest(loss_reason, 'loss_reason', has, import_id) as loss_reason,
        min(imported_at)::date as import_day,
        list({'import_id': import_id, 'sheet_no': sheet_no, 'row_no': row_no}) as sources,
    from accepted
    semi join repeated on accepted.contract_id = repeated.contract_id
    group by contract_id
),

facts as (
    select *,
    from folded
    union all by name
    select
        accepted.* exclude (
            import_id, sheet_no, row_no, customer_name, name_key, has, imported_at
        ),
        imported_at::date as import_day,
        [{'import_id': import_id, 'sheet_no': sheet_no, 'row_no': row_no}] as sources,
    from accepted
    anti join repeated on accepted.contract_id = repeated.contract_id
    union all by name
    select *,
    from stg_month_terms
),

dated as (
    select
        * exclude (end_date),
        last_day_in_force(start_date, end_date) as end_date,
        last_day_in_force(start_date, end_date) + 1 as day_after,
        term_until(start_date, last_day_in_force(start_date, end_date)) as term_until,
        whole_months(start_date, term_until) as months,
    from facts
),

termed as (
    select
        * exclude (months, term_until),
        -- without both ends a total is taken as a year's
        coalesce(months_plus_rest(start_date, term_until, months), 12) as term_months,
        case amount_basis when 'annual' then 1 when 'quarterly' then 4 when 'monthly' then 12 end
            as times_a_year,
    from dated
)

select
    * exclude (times_a_year) replace (
        coalesce(is_never_due, false) as is_never_due,
        spelled('contract_type', contract_type) as contract_type,
        spelled('product', product) as product
    ),
    -- known from its signing; else from its start, or from the day the team had it in hand (A6)
    coalesce(
        signed_date, if(start_date is null, '-infinity'::date, least(start_date, import_day))
    ) as known_from,
    coalesce(times_a_year, 12 / term_months) * amount as annual_amount,
    coalesce(times_a_year, 12 / term_months) * renewed_amount as renewed_annual_amount,
    coalesce(times_a_year * term_months / 12, 1) * amount as total_amount,
from termed
