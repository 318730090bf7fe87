-- One row per way a row names its customer (id, name or both): the customer that is meant,
-- after people's merges, which may lead over several steps.
with recursive standing as (
    select
        customer_id,
        into_id,
    from customer_merges
    where undone_at is null
),

steps as (
    select
        customer_id,
        into_id,
        1 as step,
    from standing
    union all
    select
        steps.customer_id,
        standing.into_id,
        steps.step + 1 as step,
    from steps
    inner join standing on steps.into_id = standing.customer_id
),

merged as (
    select
        customer_id,
        max_by(into_id, step) as into_id,
    from steps
    group by customer_id
),

named as (
    select distinct
        stg_mentions.customer_id as given_id,
        stg_mentions.name_key,
        coalesce(stg_mentions.customer_id, stg_names.customer_id) as own_id,
    from stg_mentions
    left join stg_names on stg_mentions.name_key = stg_names.name_key
)

select
    named.given_id,
    named.name_key,
    named.own_id,
    coalesce(merged.into_id, named.own_id) as customer_id,
from named
left join merged on named.own_id = merged.customer_id
