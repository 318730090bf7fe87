-- Health as it was at each month end. All of it follows from facts and definition, and is made anew from the first month
-- in which either changed (health_inputs).

create table health_inputs (month date not null, mark ubigint not null);

create table health_definition (made_by varchar not null);

-- The indicators that are switched on.
create table health_indicators (
    indicator varchar not null,
    score varchar not null,
    weight double not null,
    is_more_better boolean not null,
    low double,
    high double,
);

create table health_contracts (
    month date not null,
    contract_id varchar not null,
    customer_id varchar not null,
    arr double,
    licensed_users double,
);

create table health_renewals (
    month date not null,
    contract_id varchar not null,
    customer_id varchar not null,
    day date not null,
    licensed_users double,
);

create table health_values (
    customer_id varchar not null,
    day date not null,
    indicator varchar not null,
    value double not null,
);

create table health_limits (
    month date not null,
    indicator varchar not null,
    industry varchar,
    is_learned boolean not null,
    count_cases bigint not null,
    low double not null,
    high double not null,
);

create table health_levels (
    month date not null,
    score varchar not null,
    is_learned boolean not null,
    count_cases bigint not null,
    average_from double,
    healthy_from double,
);

create table health_path (
    month date not null,
    customer_id varchar not null,
    score varchar not null,
    level integer not null,
);

create table health_months (
    month date not null,
    customer_id varchar not null,
    arr double not null,
    outcome_score double,
    experience_score double,
    coverage double not null,
    outcome_level integer,
    experience_level integer,
    quadrant integer,
);

-- Who changed which settings, when, to what: a version is one change, of one or several settings.
create table settings_history (
    version integer not null,
    key varchar not null,
    value varchar not null,
    changed_at timestamp not null,
    changed_by varchar not null,
);
insert into settings_history select 1, key, value, changed_at, changed_by from settings;
