-- What a contract can be filtered and grouped by: its own, and its customer's now (D7). A further dimension is a
-- line here and in each list of this file, and in DIMENSIONS of tend/view.py; a test holds them together.
create or replace macro labels_of(customer, contract) as {
    'size': customer.size,
    'industry': customer.industry,
    'contract_type': contract.contract_type,
    'department': customer.department,
    'region': customer.region,
    'csm': customer.csm,
    'tier': customer.tier,
    'source_channel': customer.source_channel,
    'product': contract.product,
    'month': strftime(contract.end_date, '%Y-%m'),
    'quarter': year(contract.end_date) || '-Q' || quarter(contract.end_date),
    'extra': customer.extra
};

-- How a label is held against a filter: folded (M29); a missing value is "unknown" (D4).
create or replace macro key_of(label) as folded(coalesce(label, 'unknown'));
create or replace macro keys_of(labels) as {
    'size': key_of(labels.size),
    'industry': key_of(labels.industry),
    'contract_type': key_of(labels.contract_type),
    'department': key_of(labels.department),
    'region': key_of(labels.region),
    'csm': key_of(labels.csm),
    'tier': key_of(labels.tier),
    'source_channel': key_of(labels.source_channel),
    'product': key_of(labels.product),
    'month': key_of(labels.month),
    'quarter': key_of(labels.quarter),
    'extra': labels.extra
};

-- A label in a dimension; a missing value is "unknown" (D4), no dimension is "all".
create or replace macro label(dimension, labels) as
    case
        when dimension is null then 'all'
        else coalesce(
            case dimension
                when 'size' then labels.size
                when 'industry' then labels.industry
                when 'contract_type' then labels.contract_type
                when 'department' then labels.department
                when 'region' then labels.region
                when 'csm' then labels.csm
                when 'tier' then labels.tier
                when 'source_channel' then labels.source_channel
                when 'product' then labels.product
                when 'month' then labels.month
                when 'quarter' then labels.quarter
                else labels.extra[dimension]
            end,
            'unknown'
        )
    end;

-- Whether a filter lets a key through: no filter lets all through.
create or replace macro is_chosen(chosen, key) as chosen is null or list_contains(chosen, key);

-- Whether the keys of labels are in the filters: each dimension must let them through (D5).
create or replace macro is_in_filters(filters, keys) as
    is_chosen(filters['size'], keys.size)
    and is_chosen(filters['industry'], keys.industry)
    and is_chosen(filters['contract_type'], keys.contract_type)
    and is_chosen(filters['department'], keys.department)
    and is_chosen(filters['region'], keys.region)
    and is_chosen(filters['csm'], keys.csm)
    and is_chosen(filters['tier'], keys.tier)
    and is_chosen(filters['source_channel'], keys.source_channel)
    and is_chosen(filters['product'], keys.product)
    and is_chosen(filters['month'], keys.month)
    and is_chosen(filters['quarter'], keys.quarter)
    and coalesce(
        list_bool_and(
            [
                list_contains(filters[header], key_of(keys.extra[header]))
                for header in map_keys(filters)
                if header not in (
                    'size', 'industry', 'contract_type', 'department', 'region', 'csm', 'tier',
                    'source_channel', 'product', 'month', 'quarter'
                )
            ]
        ),
        true
    );
