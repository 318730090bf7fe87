-- Who may come in where a sign-in is set up, and as what; a row stays when its person is removed, so that no key is given twice.
create table people (
    person_key varchar not null,
    address varchar not null,
    name varchar not null,
    role varchar not null,
    csms varchar[] not null,
    sees_all boolean not null,
    is_masked boolean not null,
    may_import boolean not null,
    changed_at timestamp not null,
    changed_by varchar not null,
    removed_at timestamp,
    removed_by varchar,
);

-- Whose addresses come in without being invited one by one: by what follows the @.
create table people_domains (
    domain varchar not null,
    role varchar not null,
    changed_at timestamp not null,
    changed_by varchar not null,
);
