-- One row per contract, number that it names, and product of that number's lines: when the last of them before it began
-- (B3, M3). Only those of its own product where there are any. One without a start may have begun the day before.
with kinds as (
    select
        customer_id,
        number,
        previous_no,
        previous_kind,
        min(begun) as first_begun,
        min(begun) = '-infinity'::date as is_any_day,
    from line_numbers
    group by customer_id, number, previous_no, previous_kind
),

-- never itself nor a later one; a contract without a start cannot be later
alike as (
    select
        named_numbers.*,
        kinds.* exclude (customer_id, number),
        true as is_alike,
    from named_numbers
    inner join kinds
        on
            named_numbers.customer_id = kinds.customer_id
            and named_numbers.number = kinds.number
            and named_numbers.kind = kinds.previous_kind
    where named_numbers.kind <> '' and named_numbers.start_date > kinds.first_begun
),

numbers as (
    select distinct
        customer_id,
        number,
        previous_no,
    from kinds
),

without_alike as (
    select
        named_numbers.*,
        numbers.previous_no,
    from named_numbers
    inner join numbers
        on
            named_numbers.customer_id = numbers.customer_id
            and named_numbers.number = numbers.number
    anti join alike
        on
            named_numbers.successor_id = alike.successor_id
            and numbers.previous_no = alike.previous_no
),

every as (
    select *,
    from alike
    union all by name
    select
        without_alike.*,
        kinds.* exclude (customer_id, number, previous_no),
        false as is_alike,
    from without_alike
    inner join kinds
        on
            without_alike.customer_id = kinds.customer_id
            and without_alike.number = kinds.number
            and without_alike.previous_no = kinds.previous_no
    where without_alike.start_date > kinds.first_begun
)

select
    every.*,
    if(every.is_any_day, every.start_date - 1, line_numbers.begun) as previous_start,
from every
asof inner join line_numbers
    on
        every.customer_id = line_numbers.customer_id
        and every.number = line_numbers.number
        and every.previous_kind = line_numbers.previous_kind
        and every.start_date > line_numbers.begun
qualify
    previous_start
    = max(previous_start) over (
        partition by every.successor_id, every.previous_no, every.previous_kind
    )
