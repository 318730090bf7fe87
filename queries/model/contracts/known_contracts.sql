-- One row per contract known at the as-of date and counted, one-offs included (B12), no drafts (B9), of opportunities
-- the won (M24). Amounts are in the workspace's currency, null where its currency has no rate (K18).
with known as (
    select
        *,
        $status_words[letters(status)] as status_meaning,
    from tend.stg_contracts
    where known_from <= $as_of
),

counted as (
    select
        *,
        coalesce(currency, $currency) as in_currency,
        case
            when coalesce(currency, $currency) = $currency then 1
            else $currency_rates[currency]
        end as rate,
    from known
    where
        status_meaning is distinct from 'not_counted'
        and is_won(deal_status, $status_words)
)

select
    * exclude (currency, in_currency, rate),
    in_currency as currency,
    annual_amount * rate as arr,
    renewed_annual_amount * rate as renewed_arr,
    total_amount * rate as full_amount,
    -- a trial is a one-off, whatever its type (M12)
    list_contains($one_off_types, coalesce(plain(contract_type), ''))
    or coalesce(status_meaning = 'trial', false) as is_one_off,
from counted
