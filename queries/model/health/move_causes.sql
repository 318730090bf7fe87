-- One row per customer that moved on a grid between two month ends, and indicator that moved it: its score went
-- the way its state did. A customer that moved and has no row was moved by the limits alone.
create or replace macro move_causes(from_month, to_month, filters, grid) as table
    -- only the scores that changed their state say why
    with ways as (
        select
            customer_id,
            unnest(['outcome', 'experience']) as score,
            unnest(
                [
                    sign(outcome_of(to_quadrant, sides) - outcome_of(from_quadrant, sides)),
                    sign(experience_of(to_quadrant, sides) - experience_of(from_quadrant, sides))
                ]
            ) as way,
        from grid_moves(from_month, to_month, filters, grid)
    )

    select
        changes.customer_id,
        changes.indicator,
        changes.from_value,
        changes.to_value,
        changes.change,
    from health_changes(from_month, to_month) as changes
    inner join ways
        on
            changes.customer_id = ways.customer_id
            and changes.score = ways.score
            and sign(round(changes.change, 9)) = ways.way
    where ways.way <> 0 and changes.from_value is distinct from changes.to_value;
