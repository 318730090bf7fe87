-- One row per sheet of an import: how many of its contracts that are over are given as renewed with no later contract of
-- the customer, and the ARR that goes on for that word alone.
with own as (
    select
        *,
        unnest(own_sources) as source,
    from told_contracts
)

select
    source.sheet_no,
    null::integer as row_no,
    'goes_on_as_given' as code,
    count(*)::varchar as word,
    coalesce(sum(arr_to_go_on), 0) as amount,
from own
where
    outcome = 'renewed'
    and start_date is not null
    and day_after <= $today
    and ended_on is null
    and is_renewing
    and not exists (
        from told_contracts as later
        where
            later.customer_id = own.customer_id
            and later.start_date > own.start_date
            and coalesce(later.product_word = own.product_word, true)
    )
group by source.sheet_no
order by source.sheet_no
