-- Up to which commit of a shared home this workspace is, and its mark; 0 where it lies in none.
create table home (number bigint not null, mark varchar not null);
insert into home values (0, '');
