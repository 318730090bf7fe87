-- The workspace as it begins: imports with their sheets and accepted rows (never rewritten: facts are folded from them),
-- what was refused, and the settings.

create table imports (
    import_id integer primary key,
    imported_at timestamp not null,
    who varchar not null,
    file varchar not null,
    content_hash varchar not null,
    mode varchar not null check (mode in ('merge', 'replace')),
    undone_at timestamp,
    undone_by varchar,
);

create table sheets (
    import_id integer not null,
    sheet_no integer not null,
    name varchar not null,
    dataset varchar,
    reason varchar,
    count_rows integer not null,
    accepted integer not null,
    rejected integer not null,
    skipped integer not null,
    warnings integer not null,
    headers varchar[] not null,
    unused varchar[] not null,
    mapping map(varchar, varchar) not null,
);

-- Which columns of which data set a sheet has (K3); a sheet may feed more than one data set.
create table sheet_datasets (
    import_id integer not null,
    sheet_no integer not null,
    dataset varchar not null,
    has varchar[] not null,
);

create table problems (
    import_id integer not null,
    sheet_no integer not null,
    row_no integer,
    header varchar,
    code varchar not null,
    severity varchar not null check (severity in ('rejected', 'warning')),
    params map(varchar, varchar) not null,
);

create table rejected_rows (
    import_id integer not null,
    sheet_no integer not null,
    row_no integer not null,
    cells varchar[] not null,
    reason varchar[] not null,
);

create table settings (
    key varchar primary key,
    value varchar not null,
    changed_at timestamp not null,
    changed_by varchar not null,
);

create table workspace_version (version integer not null);
insert into workspace_version values (0);

create table rows_customers (
    import_id integer not null,
    sheet_no integer not null,
    row_no integer not null,
    customer_id varchar,
    customer_name varchar,
    name_key varchar,
    industry varchar,
    size varchar,
    size_number double,
    department varchar,
    region varchar,
    csm varchar,
    account_manager varchar,
    tier varchar,
    source_channel varchar,
    go_live_date date,
    acquisition_cost double,
    potential varchar,
    key_contact varchar,
    key_contact_role varchar,
    extra map(varchar, varchar),
);

create table rows_contracts (
    import_id integer not null,
    sheet_no integer not null,
    row_no integer not null,
    customer_id varchar,
    customer_name varchar,
    name_key varchar,
    contract_id varchar,
    contract_type varchar,
    product varchar,
    start_date date,
    end_date date,
    amount double,
    amount_basis varchar,
    currency varchar,
    licensed_users double,
    signed_date date,
    previous_contract_id varchar,
    status varchar,
    ended_on date,
    outcome varchar,
    renewed_amount double,
    loss_reason varchar,
);

create table rows_usage (
    import_id integer not null,
    sheet_no integer not null,
    row_no integer not null,
    customer_id varchar,
    customer_name varchar,
    name_key varchar,
    period_start date,
    period_end date,
    granularity varchar,
    measure varchar,
    value double,
);

create table rows_surveys (
    import_id integer not null,
    sheet_no integer not null,
    row_no integer not null,
    customer_id varchar,
    customer_name varchar,
    name_key varchar,
    answered_on date,
    nps double,
    csat double,
    csat_scale double,
    sentiment double,
    respondent varchar,
    comment varchar,
);

create table rows_touches (
    import_id integer not null,
    sheet_no integer not null,
    row_no integer not null,
    customer_id varchar,
    customer_name varchar,
    name_key varchar,
    touched_on date,
    csm varchar,
    kind varchar,
    hours double,
    note varchar,
);

create table rows_stages (
    import_id integer not null,
    sheet_no integer not null,
    row_no integer not null,
    customer_id varchar,
    customer_name varchar,
    name_key varchar,
    contract_id varchar,
    stage varchar,
    entered_on date,
    expected_amount double,
    probability double,
    note varchar,
);

create table rows_tickets (
    import_id integer not null,
    sheet_no integer not null,
    row_no integer not null,
    customer_id varchar,
    customer_name varchar,
    name_key varchar,
    ticket_id varchar,
    opened_on date,
    resolved_on date,
    severity varchar,
    csat double,
    csat_scale double,
    subject varchar,
);
