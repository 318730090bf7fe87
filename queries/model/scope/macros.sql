-- What contracts and customers are filtered and grouped by. A further dimension is a line in each list of this folder, and in
-- DIMENSIONS of tend/view.py; a test holds them together.

-- How a label is held against a filter: folded (M29); a missing value is "unknown" (D4). The keys of a row are two lists,
-- so that what folds them and what asks a filter is planned once, not once a dimension; of a dimension that stands there
-- twice the first counts: a contract's own before its customer's, and before an extra column of that name.
create or replace macro key_of(label) as folded(coalesce(label, 'unknown'));
create or replace macro keys_of(labels) as list_transform(labels, lambda one: key_of(one));

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

-- Whether the keys of labels are in the filters: each dimension must let them through (D5). That there are none is found
-- once a question, not once a row.
create or replace macro is_in_filters(filters, keys) as
    coalesce(len(map_keys(filters)) = 0, true)
    or coalesce(
        list_bool_and(
            [
                list_contains(
                    filters[dimension],
                    coalesce(keys.labels[list_position(keys.dimensions, dimension)], 'unknown')
                )
                for dimension in map_keys(filters)
            ]
        ),
        true
    );

-- Whether what is asked goes by what is a contract's own, not its customer's.
create or replace macro is_by_contract(group_by, filters) as
    len(
        list_intersect(
            list_append(map_keys(filters), coalesce(group_by, '')),
            ['product', 'contract_type', 'month', 'quarter']
        )
    ) > 0;
