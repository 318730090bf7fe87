-- One row per customer in force at one of two month ends, with its cells on one of two grids: 3x3, or 2x2.
create or replace macro grid_moves(from_month, to_month, filters, grid) as table
    select
        health_moves.* exclude (from_quadrant, to_quadrant, direction, from_half, to_half),
        if(grid = '2x2', 2, 3) as sides,
        if(grid = '2x2', from_half, from_quadrant) as from_quadrant,
        if(grid = '2x2', to_half, to_quadrant) as to_quadrant,
        if(grid = '2x2', direction_in(from_half, to_half, 2), direction) as direction,
    from health_moves(from_month, to_month, filters) as health_moves;
