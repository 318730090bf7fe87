-- What people enter in the app is an import of its own, without a file: traced, undone and listed like any other.
alter table imports add column origin varchar default 'file';
