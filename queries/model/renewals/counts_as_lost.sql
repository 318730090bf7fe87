-- Whether what the file gives as "lost" counts by a day: from the day it ended, else from the day after the end (B8).
create or replace macro counts_as_lost(day, outcome, ended_on, end_date) as
outcome = 'lost' and coalesce(ended_on <= day, end_date < day, true);
