-- which line of the log was the last that was noted with a commit
alter table workspace_version add column audit_line bigint default 0;
alter table workspace_version add column audit_chain varchar default '';
