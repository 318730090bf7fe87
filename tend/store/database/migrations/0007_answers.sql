-- What somebody answered to the questions of a sheet, kept beside what its headers mean.
alter table mappings add column answers map(varchar, varchar);
