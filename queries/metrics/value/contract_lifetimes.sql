-- question: After how many months do customers leave, as far as seen?
-- grain: one row per segment and month of life in which a customer left, and its beginning
-- key: segment, months
-- grouped by: dimensions
-- columns:
--   segment (label): label in the dimension
--   months (months): months from the first start to the last day in force
--   still_there (count): customers there just before
--   lost (count): customers that left then; those in force at the as-of date count until it (censored)
--   share (rate): share still there after it (Kaplan-Meier)
--   share_low (rate): lower bound of its 95 % interval (log-log); null at the ends
--   share_high (rate): its upper bound
--   customers (count): customers of the segment
--   customers_lost (count): of them gone by the as-of date
--   place (ordinal): the segment's place by its customers, the largest first
with lives_of as (
    select
        segment,
        months_from(first_start, last_day + 1)::double as months,
        not is_in_force as is_lost,
        customer_id,
    from lives($group_by, $filters, $as_of)
    where first_start <= $as_of and last_day is not null
),

curves as (
    select
        segment,
        count(*) as customers,
        count(*) filter (where is_lost) as customers_lost,
        min(customer_id) as first_id,
        unnest(
            kaplan_meier(
                list(months order by customer_id), list(is_lost order by customer_id)
            )
        ) as point,
    from lives_of
    group by segment
),

places as (
    select
        segment,
        -- of equals as in every language, whatever their names
        row_number() over (order by customers desc, first_id, segment) as place,
    from (
        select distinct
            segment,
            customers,
            first_id,
        from curves
    )
)

select
    curves.segment,
    curves.point.age as months,
    curves.point.at_risk as still_there,
    curves.point.lost,
    curves.point.share,
    curves.point.low as share_low,
    curves.point.high as share_high,
    curves.customers,
    curves.customers_lost,
    places.place,
from curves
inner join places on curves.segment = places.segment
order by curves.segment, months
