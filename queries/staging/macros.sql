-- What staging files share; made again before every rebuild.

-- How late a row says a word: the newest import last; among rows of one a value is preferred to a blank (K21), and
-- the first to those after it, as where customers are merged who both said something.
create or replace macro said_at(import_id, sheet_no, row_no, is_value) as
    ((2 * import_id + is_value::integer) * 1e4::hugeint - sheet_no) * 1e10::hugeint - row_no;

-- The latest word on a column: of the newest import whose sheet has it, where a blank cell empties it (K3).
create or replace macro latest(value, header, has, import_id) as
    max_by({'it': value}, said_at(import_id, sheet_no, row_no, value is not null))
    filter (where list_contains(has, header)).it;

-- The last day in force: an end on the start's day of the month is the day after (A1, A2).
create or replace macro last_day_in_force(start_date, end_date) as
    case
        when end_date > start_date and day(end_date) = day(start_date) then end_date - 1
        else end_date
    end;

-- The day to which a term is counted: the day after the end (A5). From 29 February to 28 February are whole years (M16),
-- to which the day after, 1 March, would add a thirty-first of a month.
create or replace macro term_until(start_date, end_date) as
    if(
        strftime(start_date, '%m-%d') = '02-29'
        and strftime(end_date + 1, '%m-%d') = '03-01'
        and end_date > start_date,
        (start_date + to_years(year(end_date)::integer - year(start_date)::integer))::date,
        end_date + 1
    );

-- Whole months from start to the day after the end, no step past the month's end (A5).
create or replace macro whole_months(start_date, day_after) as
    datediff('month', start_date, day_after)
    - ((start_date + to_months(datediff('month', start_date, day_after)::integer))::date > day_after)::integer;

-- The term in months: whole months plus the rest as a fraction of that month (A5).
create or replace macro months_plus_rest(start_date, day_after, months) as
    months
    + (day_after - (start_date + to_months(months::integer))::date)
    / ((start_date + to_months(months::integer + 1))::date - (start_date + to_months(months::integer))::date);

-- A row's place among equal ones (M6). Rows of before it was told have 0: what replaces them tells the time of day, too.
create or replace macro place_of(place) as greatest(coalesce(place, 1), 1);
create or replace macro is_replaced_by_time(place, import_id, timed_import_id) as
    place = 0 and import_id < timed_import_id;
