-- What all rooms of the model share; made in every snapshot.

-- The bounds of the Wilson 95 % interval of a rate (E. B. Wilson 1927), null without cases.
create or replace macro wilson_low(hits, cases) as
    (hits + 1.9208 - 1.96 * sqrt(hits * (cases - hits) / nullif(cases, 0) + 0.9604))
    / (nullif(cases, 0) + 3.8416);
create or replace macro wilson_high(hits, cases) as
    (hits + 1.9208 + 1.96 * sqrt(hits * (cases - hits) / nullif(cases, 0) + 0.9604))
    / (nullif(cases, 0) + 3.8416);

-- What is kept of an ARR: growth here never hides a loss there (D2), nor does a credit take from others (M14).
create or replace macro kept_of(later, before) as greatest(0, least(later, before));

-- Few cases say little: under ten are told so.
create or replace macro is_few(cases) as cases < 10;

-- Amounts without a rate are written apart, never added up (K18): 'EUR 1200.0; USD 300.0'.
create or replace macro amounts_apart(amounts) as
    list_aggregate(
        list_transform(
            list_sort(list_distinct(list_transform(amounts, lambda one: one.currency))),
            lambda code: code || ' ' || list_sum(
                list_transform(
                    list_filter(amounts, lambda one: one.currency = code),
                    lambda one: one.amount
                )
            )
        ),
        'string_agg',
        '; '
    );
