-- One row per customer with its segments at the as-of date; undated attributes are as they are now (A7).
with arr_now as (
    select
        customer_id,
        sum(arr) as arr,
    from arr_spans
    where $as_of between first_day and last_day
    group by customer_id
),

ranked as (
    select
        customer_id,
        row_number() over (order by arr desc, customer_id) as place,
    from arr_now
    where arr > 0
),

whole as (
    select count(*) as count_customers,
    from ranked
),

-- where no file gives tiers, ARR does (D8)
tiers_by_rule as (
    select
        customer_id,
        case
            when place <= ceil(count_customers * $strategic_share::decimal(9, 6)) then 'strategic'
            when
                place <= ceil(count_customers * $strategic_share::decimal(9, 6))
                + ceil(count_customers * $core_share::decimal(9, 6)) then 'core'
            else 'basic'
        end as tier,
    from ranked
    cross join whole
),

given as (
    select count(tier) > 0 as has_tiers,
    from tend.stg_customers
)

select
    stg_customers.* exclude (size, size_number, tier, sources),
    stg_customers.size as given_size,
    coalesce(arr_now.arr, 0) as arr,
    coalesce(
        $size_words[plain(stg_customers.size)],
        case
            when stg_customers.size_number >= $size_large_from then 'large'
            when stg_customers.size_number < $size_small_below then 'small'
            when stg_customers.size_number is not null then 'mid'
        end
    ) as size,
    case
        when given.has_tiers then stg_customers.tier else coalesce(tiers_by_rule.tier, 'basic')
    end as tier,
from tend.stg_customers
cross join given
left join arr_now on stg_customers.customer_id = arr_now.customer_id
left join tiers_by_rule on stg_customers.customer_id = tiers_by_rule.customer_id
