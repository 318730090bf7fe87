-- One row per row of an import whose contract starts near the end of another of its customer, and is not taken for its
-- renewal: an add-on, or one that starts early and brings little (M8).
with told as (
    select *,
    from told_contracts
    where is_renewing
),

own as (
    select
        told.*,
        unnest(own_sources) as source,
    from told
    where previous_contract_id is null
),

near as (
    select
        own.*,
        own.is_add_on or (
            own.start_date < old.day_after - 31
            and own.currency is not distinct from old.currency
            and 2 * own.annual_amount < old.annual_amount
        ) as is_left_out,
    from own
    inner join told as old
        on
            own.customer_id = old.customer_id
            and own.contract_id <> old.contract_id
            and own.start_date between old.day_after - $early_days and old.day_after + $grace_days
            and own.start_date > old.start_date
            and coalesce(own.end_date > old.end_date, true)
            and coalesce(own.product_word = old.product_word, true)
    where not old.is_add_on
)

select distinct
    source.sheet_no,
    source.row_no,
    if(is_add_on, 'add_on_renews_nothing', 'too_little_to_renew') as code,
    contract_type as word,
from near
where is_left_out
order by all
