-- Notebooks are entries like all others: a cell is a row, and each time one is kept is a version.
create table rows_notebooks (
    import_id integer not null,
    sheet_no integer not null,
    row_no integer not null,
    customer_id varchar,
    customer_name varchar,
    name_key varchar,
    notebook_id varchar,
    notebook varchar,
    cell_no double,
    cell varchar,
    notebook_state varchar,
);
