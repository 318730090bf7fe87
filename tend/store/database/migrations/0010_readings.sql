-- How a file was read, as a fingerprint of what came of it: another reading takes the place of the first.
alter table imports add column reading varchar;
