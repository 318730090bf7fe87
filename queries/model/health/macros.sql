-- Points of a value between two limits: 0 at the worse one, 100 at the better one, straight between;
-- where both are equal, 100 at it or beyond, else 0 (J4).
create or replace macro points(value, low, high, is_more_better) as
    case
        when value is null or low is null or high is null then null
        when low >= high and is_more_better then if(value >= high, 100, 0)
        when low >= high then if(value <= low, 100, 0)
        when is_more_better then greatest(0, least(100, 100 * (value - low) / (high - low)))
        else greatest(0, least(100, 100 * (high - value) / (high - low)))
    end;

-- A level's state; no score is a state of its own.
create or replace macro state_of(level) as
    coalesce(['at_risk', 'average', 'healthy'][level + 1], 'unknown');

-- The side of a level where average joins the nearer one: 0 the lower, 1 the upper (J10).
create or replace macro side_of(level, score, average_from, healthy_from) as
    case
        when level is null then null
        when level <> 1 then level // 2
        else (abs(healthy_from - score) <= abs(score - average_from))::integer
    end;

-- The sides of a cell of a grid with so many of them, from the worst, 0: cells are numbered row by row from 1. Of nine,
-- cell 6 has outcome 1 and experience 2.
create or replace macro outcome_of(cell, sides) as (cell - 1) // sides;
create or replace macro experience_of(cell, sides) as (cell - 1) % sides;

-- A move between the cells of a grid with so many sides: a rise when no axis falls and one rises, a fall
-- the reverse.
create or replace macro direction_in(from_cell, to_cell, sides) as
    case
        when from_cell is null or to_cell is null then null
        when from_cell = to_cell then 'stay'
        when
            outcome_of(to_cell, sides) >= outcome_of(from_cell, sides)
            and experience_of(to_cell, sides) >= experience_of(from_cell, sides)
            then 'rise'
        when
            outcome_of(to_cell, sides) <= outcome_of(from_cell, sides)
            and experience_of(to_cell, sides) <= experience_of(from_cell, sides)
            then 'fall'
        else 'mixed'
    end;

-- The same on the grid of nine.
create or replace macro direction_of(from_quadrant, to_quadrant) as
    direction_in(from_quadrant, to_quadrant, 3);
