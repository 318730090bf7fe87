-- What a CSM says of a renewal is a fact like all others: imported, or entered in the app.
create table rows_calls (
    import_id integer not null,
    sheet_no integer not null,
    row_no integer not null,
    customer_id varchar,
    customer_name varchar,
    name_key varchar,
    contract_id varchar,
    call varchar,
    called_on date,
    csm varchar,
    note varchar,
);
