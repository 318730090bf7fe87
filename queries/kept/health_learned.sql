-- One row per month end with enough contracts renewed by then to learn its limits from (J4).
select month,
from health_renewals
group by month
having count(*) >= $health_fewest_renewed
