-- Tasks are facts like all others: imported, entered in the app, or made by a rule.
create table rows_tasks (
    import_id integer not null,
    sheet_no integer not null,
    row_no integer not null,
    customer_id varchar,
    customer_name varchar,
    name_key varchar,
    task_id varchar,
    task varchar,
    due_on date,
    made_on date,
    done_on date,
    snoozed_until date,
    owner varchar,
    cause varchar,
    about varchar,
    step varchar,
    note varchar,
);

-- When the rules were last looked at, as of which day, and which facts and rules they saw: once a day is enough.
create table task_runs (
    ran_at timestamp not null,
    day date not null,
    seen varchar not null,
    made integer not null,
);
