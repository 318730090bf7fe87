-- One row per contract of the customers whose contracts an import tells, with what its words say: made once for all
-- warnings of the import. The words of the settings stand once: beside each use of the parameter all of its hundreds
-- would be copied.
with said as (select $status_words as words,),

theirs as (
    select distinct customer_id,
    from counted_rows('contracts')
    where import_id = $import_id
),

read as (
    select
        stg_contracts.*,
        words[letters(status)] as meaning,
        is_won(deal_status, words) as is_deal_won,
        coalesce(plain(contract_type), '') as type_word,
        plain(product) as product_word,
        if(coalesce(currency, $currency) = $currency, 1, $currency_rates[currency]) as rate,
    from stg_contracts
    semi join theirs on stg_contracts.customer_id = theirs.customer_id
    cross join said
)

select
    * exclude (type_word, rate),
    list_filter(sources, lambda one: one.import_id = $import_id) as own_sources,
    annual_amount * rate as arr,
    coalesce(renewed_annual_amount, annual_amount) * rate as arr_to_go_on,
    coalesce(meaning = 'not_counted', false) or not is_deal_won as is_void,
    list_contains($one_off_types, type_word) as is_one_off,
    list_contains($add_on_types, type_word) as is_add_on,
    -- a contract may renew another: it counts (B12, M12, M24) and takes nothing off (M14)
    coalesce(meaning not in ('not_counted', 'trial'), true)
    and is_deal_won
    and not is_one_off
    and annual_amount >= 0 as is_renewing,
from read
