-- Who was erased, by a number: a name is kept as salted hashes alone, so that an import can leave it out.
create table erasures (
    number integer primary key,
    kind varchar not null check (kind in ('customer', 'person')),
    way varchar not null check (way in ('name', 'rows')),
    label varchar not null,
    erased_at timestamp not null,
    allowed_at timestamp,
);

create table erased_marks (
    number integer not null,
    mark varchar not null,
);

-- Of all marks one salt: what a row names is hashed once, however many were erased.
create table erased_salt (salt varchar not null);

-- Kept files that named somebody: by the hash of their content, with that of what is left of them, if anything.
create table erased_uploads (
    content_hash varchar primary key,
    stand_in varchar,
    erased_at timestamp not null,
);
