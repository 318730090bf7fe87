-- Files that came by a watched folder, each content once: what was seen is not asked again. What became of one follows from
-- its import, where there is one; else `code` says why it waits or was refused.
create table watched_files (
    arrival integer primary key,
    content_hash varchar not null unique,
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
