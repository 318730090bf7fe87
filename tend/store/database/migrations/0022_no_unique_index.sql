-- Nothing unique is held by an index: where a transaction took a key out and put it in again, and the disk is full
-- at the last bytes of its commit, DuckDB 1.5.5 ends the whole process as it takes the commit back ("Failed to append to
-- PRIMARY"). One writes at a time, so that a statement that looks first holds it as well.
create table imports_next (
    import_id integer not null,
    imported_at timestamp not null,
    who varchar not null,
    file varchar not null,
    content_hash varchar not null,
    mode varchar not null check (mode in ('merge', 'replace')),
    undone_at timestamp,
    undone_by varchar,
    reread_at timestamp,
    origin varchar default 'file',
    reading varchar,
);
insert into imports_next by name from imports order by import_id;
drop table imports;
alter table imports_next rename to imports;

create table settings_next (
    key varchar not null,
    value varchar not null,
    changed_at timestamp not null,
    changed_by varchar not null,
);
insert into settings_next by name from settings;
drop table settings;
alter table settings_next rename to settings;

create table mappings_next (
    fingerprint varchar not null,
    dataset varchar not null,
    columns map(varchar, varchar) not null,
    confirmed_at timestamp not null,
    confirmed_by varchar not null,
    answers map(varchar, varchar),
);
insert into mappings_next by name from mappings;
drop table mappings;
alter table mappings_next rename to mappings;

create table watched_files_next (
    arrival integer not null,
    content_hash varchar not null,
    file varchar not null,
    folder varchar not null,
    arrived_at timestamp not null,
    who varchar not null,
    is_refused boolean not null,
    code varchar,
    params map(varchar, varchar) not null,
    left_out_at timestamp,
    left_out_by varchar,
);
insert into watched_files_next by name from watched_files order by arrival;
drop table watched_files;
alter table watched_files_next rename to watched_files;

create table erasures_next (
    number integer not null,
    kind varchar not null check (kind in ('customer', 'person')),
    way varchar not null check (way in ('name', 'rows')),
    label varchar not null,
    erased_at timestamp not null,
    allowed_at timestamp,
);
insert into erasures_next by name from erasures order by number;
drop table erasures;
alter table erasures_next rename to erasures;

create table erased_uploads_next (
    content_hash varchar not null,
    stand_in varchar,
    erased_at timestamp not null,
);
insert into erased_uploads_next by name from erased_uploads;
drop table erased_uploads;
alter table erased_uploads_next rename to erased_uploads;
