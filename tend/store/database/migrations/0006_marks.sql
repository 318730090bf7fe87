-- The mark of the last commit: it follows from the one before, and is written down a second time.
alter table workspace_version add column mark varchar default '';
