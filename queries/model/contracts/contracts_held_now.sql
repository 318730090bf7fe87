-- One row per customer in force on the as-of date: what it holds of contracts, none of them left out.
select *,
from contracts_held(map {}::map (varchar, varchar[]), $as_of)
