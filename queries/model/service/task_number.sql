-- The number of the task of a cause: the same cause gives the same number.
create or replace macro task_number(customer_id, cause, mark) as
'auto-' || left(md5(concat_ws('|', customer_id, cause, mark)), 12);
