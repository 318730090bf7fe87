-- One row per customer, with a contract or without, with what it can be filtered and grouped by itself.
with labelled as (
    select
        customer_id,
        {
            'size': size,
            'industry': industry,
            'contract_type': null::varchar,
            'department': department,
            'region': region,
            'csm': csm,
            'tier': tier,
            'source_channel': source_channel,
            'product': null::varchar,
            'month': null::varchar,
            'quarter': null::varchar,
            'extra': extra
        } as labels,
        -- an extra column with the name of a dimension is none
        list_filter(
            map_entries(extra),
            lambda one: one.key not in (
                'size', 'industry', 'contract_type', 'department', 'region', 'csm', 'tier',
                'source_channel', 'product', 'month', 'quarter'
            )
        ) as others,
    from customers
)

select
    customer_id,
    labels,
    map(
        ['size', 'industry', 'department', 'region', 'csm', 'tier', 'source_channel']
        || list_transform(others, lambda one: one.key),
        keys_of(
            [
                labels.size, labels.industry, labels.department, labels.region, labels.csm,
                labels.tier, labels.source_channel
            ]
            || list_transform(others, lambda one: one.value)
        )
    ) as keys,
from labelled
