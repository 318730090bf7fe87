-- The last day on which a contract's ARR counts, as known on a day: gaps bridged (C1), overlaps cut (C2), overdue
-- ones kept up to the day (C3).
create or replace macro last_day_counted(
    day, start_date, end_date, ended_on, successor_start, is_overdue, is_lost, grace_days
) as
case
    -- ended, and the successor came beyond grace of that day: no bridge (B8, B10)
    when ended_on <= day and coalesce(successor_start > ended_on + 1 + grace_days, false)
        then least(ended_on, end_date)
    when successor_start is not null then successor_start - 1
    when ended_on <= day then least(ended_on, end_date)
    when is_overdue then day
    when end_date is not null then end_date
    -- lost on a day nobody wrote down: no day can be called in force
    when is_lost then start_date - 1
    else date '9999-12-31'
end;
