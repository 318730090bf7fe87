-- What people decide while files come in: customers that are one, and mappings confirmed for a header.

-- A customer merged into another; taken back it stays as history.
create table customer_merges (
    customer_id varchar not null,
    into_id varchar not null,
    merged_at timestamp not null,
    merged_by varchar not null,
    undone_at timestamp,
    undone_by varchar,
);

-- A confirmed mapping, by the fingerprint of the header; used without asking the next time.
create table mappings (
    fingerprint varchar primary key,
    dataset varchar not null,
    columns map(varchar, varchar) not null,
    confirmed_at timestamp not null,
    confirmed_by varchar not null,
);

-- When an import was last read again with another mapping; it keeps its place among the imports.
alter table imports add column reread_at timestamp;
