-- One row per line of a customer's contract: the latest word on it, its last day in force (A1), term in months (A5) and
-- yearly value (C6).
with told as materialized (
    select *,
    from contract_rows()
),

folded as (
    select
        contract_no,
        customer_id,
        line,
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
        latest(deal_status, 'deal_status', has, import_id) as deal_status,
        latest(ended_on, 'ended_on', has, import_id) as ended_on,
        latest(outcome, 'outcome', has, import_id) as outcome,
        latest(renewed_amount, 'renewed_amount', has, import_id) as renewed_amount,
        latest(loss_reason, 'loss_reason', has, import_id) as loss_reason,
        min(imported_at)::date as import_day,
        list({'import_id': import_id, 'sheet_no': sheet_no, 'row_no': row_no}) as sources,
    from told
    where is_repeated
    group by contract_no, customer_id, line
    -- a later file replaces the contract with all its lines (M3)
    having bool_or(is_newest)
),

facts as (
    select *,
    from folded
    union all by name
    select
        * exclude (
            import_id, sheet_no, row_no, customer_name, name_key, has, imported_at,
            is_repeated, is_newest
        ),
        imported_at::date as import_day,
        [{'import_id': import_id, 'sheet_no': sheet_no, 'row_no': row_no}] as sources,
    from told
    where not is_repeated
    union all by name
    select *,
    from stg_month_terms
),

-- one step per idea: what a macro is given is bound as often as it names it, a column once
ended as (
    select
        * exclude (line) replace (last_day_in_force(start_date, end_date) as end_date),
        -- one that is alone needs no word
        if(
            count(*) over (partition by contract_no, customer_id) > 1, nullif(line, ''), null
        ) as line,
        count(*) over (partition by contract_no)
        > count(*) over (partition by contract_no, customer_id) as is_shared,
    from facts
),

counted as (
    select
        *,
        end_date + 1 as day_after,
        term_until(start_date, end_date) as term_until,
    from ended
),

dated as (
    select
        *,
        whole_months(start_date, term_until) as months,
    from counted
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
    * exclude (times_a_year, is_shared) replace (
        coalesce(is_never_due, false) as is_never_due,
        spelled('contract_type', contract_type) as contract_type,
        spelled('product', product) as product
    ),
    -- as it is shown and asked for: a number of several customers with whose it is (M2), a line with what it is (M3)
    concat_ws(' · ', contract_no, if(is_shared, customer_id, null), line) as contract_id,
    -- known from its signing; else from its start, or from the day the team had it in hand (A6)
    coalesce(
        signed_date, if(start_date is null, '-infinity'::date, least(start_date, import_day))
    ) as known_from,
    coalesce(times_a_year, 12 / term_months) * amount as annual_amount,
    coalesce(times_a_year, 12 / term_months) * renewed_amount as renewed_annual_amount,
    coalesce(times_a_year * term_months / 12, 1) * amount as total_amount,
from termed
