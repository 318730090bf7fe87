-- What rules propose waits until somebody takes or leaves it: what was left is kept with its day,
-- and the runs of the rules need no record of their own.
alter table rows_tasks add column dropped_on date;
drop table task_runs;
