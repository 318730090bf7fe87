-- One row per recurring contract known at the as-of date and counted: no one-offs (B12), no drafts (B9).
-- arr is in the workspace's currency, null where its currency has no rate (K18).
with known as (
    select *,
    from tend.stg_contracts
    where
        -- known from its signing; else from its start, or from the day the team had it in hand (A6)
        coalesce(
            signed_date <= $as_of,
            start_date is null or start_date <= $as_of or import_day <= $as_of
        )
        and not list_contains($void_words, coalesce(plain(status), ''))
        and not list_contains($one_off_types, coalesce(plain(contract_type), ''))
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
    -- the mark has the day of the end, unless a day of its own is given (B8)
    ended_on is null and list_contains($lost_words, coalesce(plain(status), '')) as is_marked_lost,
    ended_on <= $as_of as is_ended,
    -- a given "lost" counts from the day it ended, else from the day after the end (B8)
    outcome = 'lost' and coalesce(ended_on <= $as_of, end_date < $as_of, true) as is_given_lost,
from converted
