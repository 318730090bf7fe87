-- What model and metrics share; made in every snapshot.

-- How words are compared (B11, K4), as in staging.
create or replace macro plain(words) as
    lower(trim(regexp_replace(words, '\s+', ' ', 'g')));

-- A label in a dimension; a missing value is "unknown" (D4), no dimension is "all".
create or replace macro label(
    dimension, size, industry, contract_type, department, region, csm, tier, source_channel,
    product, month, quarter, extra
) as
    case
        when dimension is null then 'all'
        else coalesce(
            case dimension
                when 'size' then size
                when 'industry' then industry
                when 'contract_type' then contract_type
                when 'department' then department
                when 'region' then region
                when 'csm' then csm
                when 'tier' then tier
                when 'source_channel' then source_channel
                when 'product' then product
                when 'month' then month
                when 'quarter' then quarter
                else extra[dimension]
            end,
            'unknown'
        )
    end;

-- Whether a filter lets a value through: no filter lets all through, letters' case does not matter (D5).
create or replace macro is_chosen(chosen, value) as
    chosen is null or list_contains(chosen, lower(coalesce(value, 'unknown')));

-- Whether a customer or contract is in the filters: each dimension must let it through.
create or replace macro is_in_filters(
    filters, size, industry, contract_type, department, region, csm, tier, source_channel,
    product, month, quarter, extra
) as
    is_chosen(filters['size'], size)
    and is_chosen(filters['industry'], industry)
    and is_chosen(filters['contract_type'], contract_type)
    and is_chosen(filters['department'], department)
    and is_chosen(filters['region'], region)
    and is_chosen(filters['csm'], csm)
    and is_chosen(filters['tier'], tier)
    and is_chosen(filters['source_channel'], source_channel)
    and is_chosen(filters['product'], product)
    and is_chosen(filters['month'], month)
    and is_chosen(filters['quarter'], quarter)
    and coalesce(
        list_bool_and(
            [
                list_contains(filters[header], lower(coalesce(extra[header], 'unknown')))
                for header in map_keys(filters)
                if header not in (
                    'size', 'industry', 'contract_type', 'department', 'region', 'csm', 'tier',
                    'source_channel', 'product', 'month', 'quarter'
                )
            ]
        ),
        true
    );

-- The bounds of the Wilson 95 % interval of a rate (E. B. Wilson 1927), null without cases.
create or replace macro wilson_low(hits, cases) as
    (hits + 1.9208 - 1.96 * sqrt(hits * (cases - hits) / nullif(cases, 0) + 0.9604))
    / (nullif(cases, 0) + 3.8416);
create or replace macro wilson_high(hits, cases) as
    (hits + 1.9208 + 1.96 * sqrt(hits * (cases - hits) / nullif(cases, 0) + 0.9604))
    / (nullif(cases, 0) + 3.8416);
