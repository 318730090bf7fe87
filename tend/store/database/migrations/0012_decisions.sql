-- Decisions and notes of meetings are facts like all others: imported, or entered in the app.
create table rows_decisions (
    import_id integer not null,
    sheet_no integer not null,
    row_no integer not null,
    customer_id varchar,
    customer_name varchar,
    name_key varchar,
    decision_id varchar,
    decision varchar,
    decision_kind varchar,
    decided_on date,
    owner varchar,
    due_on date,
    decision_state varchar,
    state_on date,
);
