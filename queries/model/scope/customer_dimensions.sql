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
    from customers
)

select
    customer_id,
    labels,
    {
        'dimensions': list_concat(
            [
                'size', 'industry', 'contract_type', 'department', 'region', 'csm', 'tier',
                'source_channel', 'product', 'month', 'quarter'
            ],
            map_keys(labels.extra)
        ),
        'labels': keys_of(
            list_concat(
                [
                    labels.size, labels.industry, null, labels.department, labels.region,
                    labels.csm, labels.tier, labels.source_channel, null, null, null
                ],
                map_values(labels.extra)
            )
        )
    } as keys,
from labelled
