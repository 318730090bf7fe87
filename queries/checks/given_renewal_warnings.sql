-- One row per sheet of an import: how many of its contracts that are over are given as renewed with no later contract of
-- the customer, and the ARR that goes on for that word alone.
with own as (
    select
        *,
        coalesce(renewed_annual_amount, annual_amount)
        * if(coalesce(currency, $currency) = $currency, 1, $currency_rates[currency]) as arr,
        $status_words[letters(status)] as meaning,
        unnest(list_filter(sources, lambda one: one.import_id = $import_id)) as source,
    from stg_contracts
)

select
    source.sheet_no,
    null::integer as row_no,
    'goes_on_as_given' as code,
    count(*)::varchar as word,
    coalesce(sum(arr), 0) as amount,
from own
where
    outcome = 'renewed'
    and start_date is not null
    and day_after <= $today
    and ended_on is null
    and may_renew(
        meaning, deal_status, $status_words, contract_type, $one_off_types, annual_amount
    )
    and not exists (
        from stg_contracts as later
        where
            later.customer_id = own.customer_id
            and later.start_date > own.start_date
            and coalesce(plain(later.product) = plain(own.product), true)
    )
group by source.sheet_no
order by source.sheet_no
