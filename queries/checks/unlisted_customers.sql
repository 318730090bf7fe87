-- One row per sheet of an import and customer it names that is in no customer list, where there is one (M25): the first
-- row, and how many there are. One whose id is a listed one's but for case or leading zeros is told with that (M7).
with listed as (
    select
        customer_id,
        customer_name,
        near_id(customer_id) as near,
    from stg_customers
    where is_listed
),

unlisted as (
    select
        stg_mentions.sheet_no,
        stg_customers.customer_id,
        min(stg_mentions.row_no) as row_no,
        sum(stg_mentions.count_rows) as count_rows,
        min_by(coalesce(stg_mentions.customer_id, stg_mentions.customer_name), stg_mentions.row_no)
            as word,
    from stg_mentions
    inner join stg_identities
        on
            stg_mentions.customer_id is not distinct from stg_identities.given_id
            and stg_mentions.name_key is not distinct from stg_identities.name_key
    inner join stg_customers on stg_identities.customer_id = stg_customers.customer_id
    where
        stg_mentions.import_id = $import_id
        and not stg_customers.is_listed
        and exists (from listed)
    group by stg_mentions.sheet_no, stg_customers.customer_id
),

nearest as (
    select
        near,
        min_by(customer_id, customer_id) as customer_id,
        min_by(customer_name, customer_id) as customer_name,
    from listed
    where
        near in (
            select near_id(unlisted.customer_id),
            from unlisted
        )
    group by near
)

select
    unlisted.sheet_no,
    unlisted.row_no,
    null::varchar as header,
    if(nearest.near is null, 'unknown_customer', 'nearly_listed') as code,
    'warning' as severity,
    map {
        'row': unlisted.row_no::varchar,
        'value': unlisted.word,
        'count': unlisted.count_rows::bigint::varchar,
        'other': coalesce(nearest.customer_id, ''),
        'name': coalesce(nearest.customer_name, '')
    } as params,
from unlisted
left join nearest on near_id(unlisted.customer_id) = nearest.near
