-- One row per contract known at the as-of date and counted, one-offs included (B12), no drafts (B9).
-- Amounts are in the workspace's currency, null where its currency has no rate (K18).
with known as (
    select *,
    from tend.stg_contracts
    where
        known_from <= $as_of
        and not list_contains($void_words, coalesce(plain(status), ''))
),

converted as (
    select
        *,
        coalesce(currency, $currency) as in_currency,
        case
            when coalesce(currency, $currency) = $currency then 1
            else $currency_rates[currency]
        end as rate,
    from known
)

select
    * exclude (currency, in_currency, rate),
    in_currency as currency,
    annual_amount * rate as arr,
    renewed_annual_amount * rate as renewed_arr,
    total_amount * rate as full_amount,
    list_contains($one_off_types, coalesce(plain(contract_type), '')) as is_one_off,
from converted
