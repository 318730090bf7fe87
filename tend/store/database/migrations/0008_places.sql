-- What tells rows of one day apart: the time of day, and the place among equal rows. Rows of files that came in before
-- have the place 0: a later file that tells the time is told the same once more. Entries are no part of any file.
alter table rows_surveys add column time_of_day varchar;
alter table rows_surveys add column place integer default 0;
alter table rows_surveys alter column place drop default;
alter table rows_touches add column time_of_day varchar;
alter table rows_touches add column place integer default 0;
alter table rows_touches alter column place drop default;
alter table rows_tickets add column time_of_day varchar;
alter table rows_tickets add column place integer default 0;
alter table rows_tickets alter column place drop default;

update rows_surveys set place = 1 where import_id in (select import_id from imports where origin = 'entry');
update rows_touches set place = 1 where import_id in (select import_id from imports where origin = 'entry');

-- A number of usage may be told in parts (by product, by user): one fact is the sum of its parts.
alter table rows_usage add column part integer;
