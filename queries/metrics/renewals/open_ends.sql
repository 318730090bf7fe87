-- question: How many contracts can fall due at all?
-- grain: one row, where there are contracts with a start
-- columns:
--   contracts (count): recurring contracts known at the as-of date that have a start
--   open_ended (count): of them without an end, never due (M19)
--   is_mostly_open (flag): more than half of them, so that retention says more than renewal rates
select
    count(*) as contracts,
    count(*) filter (where known.end_date is null) as open_ended,
    2 * open_ended > count(*) as is_mostly_open,
from contracts as known
inner join
    segments(null, null, $filters) as scope
    on known.contract_id = scope.contract_id
where known.start_date is not null
having count(*) > 0
