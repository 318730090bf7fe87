-- A label of a dimension as most rows write it.
create or replace macro spelled(of_dimension, word) as
coalesce(
    (
        select stg_spellings.spelling,
        from stg_spellings
        where stg_spellings.dimension = of_dimension and stg_spellings.label = word
    ),
    word
);
