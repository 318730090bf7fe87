-- One row per customer and month of a window: what moved, and which way; by default the last 12 full months (A9).
create or replace macro moves_in_window(filters, from_day, to_day, day) as table
    select
        * exclude (kind),
        kind as move,
    from
        arr_moves(
            null,
            filters,
            first_month(from_day, day),
            last_full_month(to_day, day)
        );
