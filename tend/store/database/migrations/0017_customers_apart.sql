-- Two customers whose names or ids are nearly the same and that are two, as people say; taken back it stays as history.
create table customers_apart (
    customer_id varchar not null,
    other_id varchar not null,
    said_at timestamp not null,
    said_by varchar not null,
    undone_at timestamp,
    undone_by varchar,
);
