-- The last day of a window that can be seen from a day.
create or replace macro until_day(last_day, as_of) as least(coalesce(last_day, as_of), as_of);

-- The last month end that is not after a day (J2).
create or replace macro month_end_by(day) as
    if(last_day(day) = day, day, (date_trunc('month', day) - interval 1 day)::date);

-- The two month ends that a movement is between: to the last day, or to the as-of date, which nothing
-- passes; from the first day, or from the month end before.
create or replace macro later_month(last_day, as_of) as
    month_end_by(until_day(last_day, as_of));
create or replace macro earlier_month(first_day, last_day, as_of) as
    if(
        first_day is null,
        (date_trunc('month', later_month(last_day, as_of)) - interval 1 day)::date,
        month_end_by(least(first_day, as_of))
    );

-- Whole months from one day to another, month steps clamped to the month's end (A5).
create or replace macro months_from(first_day, day) as
    datediff('month', first_day, day)
    - ((first_day + to_months(datediff('month', first_day, day)::integer))::date > day)::integer;

-- The first day of the last month whose end lies in the window and is not after the as-of date (E1).
create or replace macro last_full_month(last_day, as_of) as
    (date_trunc('month', until_day(last_day, as_of) + 1) - interval 1 month)::date;

-- The first month of a window; without one of the last 12 that are over (A9).
create or replace macro first_month(first_day, as_of) as
    date_trunc('month', coalesce(first_day, as_of + 1 - interval 12 months))::date;

-- The same day a year before, and the 12 months to a day: their first day, and whether another lies in them. The same
-- day a year before is outside (A9, G6): of 2026-06-30 they begin with 2025-07-01.
create or replace macro year_before(day) as (day - interval 12 months)::date;
create or replace macro year_to(day) as year_before(day) + 1;
create or replace macro in_year_to(other, day) as other > year_before(day) and other <= day;

-- Whether a day lies in a window, both ends included; without an end there is no limit.
create or replace macro in_window(day, first_day, last_day) as
    (first_day is null or day >= first_day) and (last_day is null or day <= last_day);

-- Data whose newest day lies over two weeks before a day say nothing of that day (M36).
create or replace macro is_stale(latest, day) as latest < day - 14;

-- People who entered facts of so many days since the newest file keep them here, and not in files any more.
create or replace macro is_habit(days) as days >= 5;

-- The day that what is now is held against: the first of the window, else the month end before.
create or replace macro since_day(first_day, last_day, as_of) as
    coalesce(
        least(first_day, as_of),
        (date_trunc('month', until_day(last_day, as_of)) - interval 1 day)::date
    );
