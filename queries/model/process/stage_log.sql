-- One row per word on a contract's renewal process known on the as-of date.
-- follows: contract_id
select * exclude (customer_id),
from stages_told
