-- The rows of a data set that count (K20), each with whom it names and what its sheet has.
create or replace macro counted_rows(of_dataset) as table
    select
        told.* exclude (customer_id),
        stg_sheets.has,
        stg_sheets.imported_at,
        stg_identities.customer_id,
    from query_table('rows_' || of_dataset) as told
    inner join stg_sheets
        on
            told.import_id = stg_sheets.import_id
            and told.sheet_no = stg_sheets.sheet_no
            and stg_sheets.dataset = of_dataset
    left join stg_identities
        on
            told.customer_id is not distinct from stg_identities.given_id
            and told.name_key is not distinct from stg_identities.name_key;
