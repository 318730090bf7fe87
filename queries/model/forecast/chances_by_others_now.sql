-- One row per contract open on the as-of date: its odds by those alike. They are of all customers, whoever looks, and
-- stand while renewals move through their stages.
select *,
from chances_by_others([$as_of::date])
