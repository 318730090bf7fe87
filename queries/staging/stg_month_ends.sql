-- One row: the last month of all matrices of months: who pays in it still runs (M28).
select max(start_date) as last_month,
from counted_rows('contracts')
where amount_basis = 'month'
