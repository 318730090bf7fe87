-- What model and metrics share; made in every snapshot.

-- How words are compared (B11, K4), as in staging.
create or replace macro plain(words) as
    lower(trim(regexp_replace(words, '\s+', ' ', 'g')));

-- A label in a dimension; a missing value is "unknown" (D4), no dimension is "all".
create or replace macro label(
    dimension, size, industry, contract_type, department, region, csm, tier, source_channel, product, extra, end_date
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
                when 'month' then strftime(end_date, '%Y-%m')
                when 'quarter' then year(end_date) || '-Q' || quarter(end_date)
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
    filters, size, industry, contract_type, department, region, csm, tier, source_channel, product, extra
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
    and coalesce(
        list_bool_and(
            [
                list_contains(filters[header], lower(coalesce(extra[header], 'unknown')))
                for header in map_keys(filters)
                if header not in ('size', 'industry', 'contract_type', 'department', 'region', 'csm', 'tier', 'source_channel', 'product')
            ]
        ),
        true
    );

-- One row per contract in the filters, with its labels in up to two dimensions.
create or replace macro segments(group_by, split_by, filters) as table
    select
        contract_id,
        customer_id,
        label(group_by, size, industry, contract_type, department, region, csm, tier, source_channel, product, extra, end_date) as segment,
        label(split_by, size, industry, contract_type, department, region, csm, tier, source_channel, product, extra, end_date) as split,
    from contract_dimensions
    where is_in_filters(filters, size, industry, contract_type, department, region, csm, tier, source_channel, product, extra);

-- The bounds of the Wilson 95 % interval of a rate (E. B. Wilson 1927), null without cases.
create or replace macro wilson_low(hits, cases) as
    (hits + 1.9207 - 1.96 * sqrt(hits * (cases - hits) / nullif(cases, 0) + 0.9604)) / (nullif(cases, 0) + 3.8416);
create or replace macro wilson_high(hits, cases) as
    (hits + 1.9207 + 1.96 * sqrt(hits * (cases - hits) / nullif(cases, 0) + 0.9604)) / (nullif(cases, 0) + 3.8416);

-- The renewal measures of a window, one row per segment and split: the one place that defines the rates.
create or replace macro renewal_measures(group_by, split_by, filters, first_day, last_day) as table
    with cases as (
        select
            renewals.*,
            scope.segment,
            scope.split,
        from renewals
        inner join segments(group_by, split_by, filters) as scope on renewals.contract_id = scope.contract_id
        where
            (first_day is null or renewals.end_date >= first_day)
            and (last_day is null or renewals.end_date <= last_day)
    ),

    -- growth at one customer never hides loss at another: the cap is per customer (D2)
    per_customer as (
        select
            segment,
            split,
            customer_id,
            count(*) as contracts,
            count(*) filter (where is_renewed) as renewed,
            count(*) filter (where outcome in ('renewed_on_time', 'renewed_early')) as renewed_on_time,
            count(*) filter (where outcome = 'renewed_late') as renewed_late,
            count(*) filter (where outcome = 'lost') as lost,
            count(*) filter (where outcome = 'overdue') as overdue,
            count(*) filter (where outcome = 'due') as due,
            coalesce(sum(arr) filter (where is_decided), 0) as due_arr,
            coalesce(sum(successor_arr) filter (where is_decided), 0) as renewed_arr,
            coalesce(sum(arr) filter (where not is_decided), 0) as open_arr,
            coalesce(sum(arr) filter (where outcome = 'overdue'), 0) as overdue_arr,
        from cases
        group by segment, split, customer_id
    ),

    -- amounts without a rate are shown apart, never added up (K18)
    foreign_amounts as (
        select
            segment,
            split,
            string_agg(currency || ' ' || amount, '; ' order by currency) as other_currencies,
        from (
            select
                segment,
                split,
                currency,
                sum(annual_amount) as amount,
            from cases
            where arr is null and annual_amount is not null
            group by segment, split, currency
        )
        group by segment, split
    ),

    summed as (
        select
            segment,
            split,
            sum(contracts)::bigint as contracts,
            sum(renewed)::bigint as renewed,
            sum(renewed_on_time)::bigint as renewed_on_time,
            sum(renewed_late)::bigint as renewed_late,
            sum(lost)::bigint as lost,
            sum(overdue)::bigint as overdue,
            sum(due)::bigint as due,
            sum(renewed + lost)::bigint as decided,
            sum(overdue + due)::bigint as open,
            sum(due_arr) as due_arr,
            sum(renewed_arr) as renewed_arr,
            sum(least(renewed_arr, due_arr)) as kept_arr,
            sum(open_arr) as open_arr,
            sum(overdue_arr) as overdue_arr,
            count(*) filter (where renewed + lost > 0) as customers_decided,
            count(*) filter (where renewed > 0) as customers_renewed,
        from per_customer
        group by segment, split
    )

    select
        summed.*,
        renewed / nullif(decided, 0) as contract_renewal_rate,
        customers_renewed / nullif(customers_decided, 0) as logo_renewal_rate,
        renewed_arr / nullif(due_arr, 0) as net_renewal_rate,
        kept_arr / nullif(due_arr, 0) as gross_renewal_rate,
        renewed_on_time / nullif(decided, 0) as on_time_rate,
        wilson_low(renewed, decided) as rate_low,
        wilson_high(renewed, decided) as rate_high,
        (renewed + open) / nullif(contracts, 0) as rate_at_best,
        renewed / nullif(contracts, 0) as rate_at_worst,
        decided < 10 as is_few_cases,
        foreign_amounts.other_currencies,
    from summed
    left join foreign_amounts
        on summed.segment = foreign_amounts.segment and summed.split = foreign_amounts.split;
