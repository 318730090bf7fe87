-- One row per stay of a contract in a stage, from the first word of it to the first of another.
-- follows: contract_id
select *,
from stage_stays_of(null)
