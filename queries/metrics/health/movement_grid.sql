-- question: Who stands where on the grid of outcome and experience, and which ways did customers go?
-- grain: one row per cell of the grid, and one per way from cell to cell that customers went
-- key: kind, from_quadrant or null, to_quadrant
-- grouped by: 2x2
-- parameters:
--   first_day: the earlier date; null: a month before the later one
--   last_day: the later date; null: the as-of date
--   group_by: 2x2 joins average into the nearer side; else three by three
-- columns:
--   kind (code): cell or way
--   sides (ordinal): 3 or 2
--   from_quadrant (ordinal): where the way begins; null for a cell
--   to_quadrant (ordinal): where it ends, or the cell
--   from_outcome (ordinal): 0 to 2 (1 on a grid of two), from left to right
--   from_experience (ordinal): 0 to 2 (1), upwards
--   to_outcome (ordinal): 0 to 2 (1), of the cell or the way's end
--   to_experience (ordinal): 0 to 2 (1)
--   direction (code): rise, fall, mixed or stay; null for a cell
--   place (ordinal): the way's place among those of its direction, by customers
--   customers (count): in the cell at the later month end, or on the way
--   arr (money): their ARR at the later month end
--   fell_in (count): customers that fell into the cell; null for a way
--   rose_in (count): that rose into it
--   fell_out (count): that fell out of it
--   rose_out (count): that rose out of it
--   is_drawn (flag): whether the way is one of the 10 largest falls or 7 largest rises, of one customer only where it is one of the first 3; null for a cell
--   left_ways (count): ways with moves that are not drawn, on the whole grid
--   left_customers (count): customers on them
--   left_mixed (count): of these those that went up on one score and down on the other
--   left_arr (money): their ARR
with moves as (
    select *,
    from
        grid_moves(
            earlier_month($first_day, $last_day, $as_of),
            later_month($last_day, $as_of),
            $filters,
            $group_by
        )
),

sizes as (
    select if($group_by = '2x2', 2, 3) as sides,
),

cells as (
    select
        sides,
        unnest(range(1, sides * sides + 1)) as cell,
    from sizes
),

ends as (
    select
        to_quadrant as cell,
        count(*) as customers,
        sum(arr) as arr,
        count(*) filter (where direction = 'fall') as fell_in,
        count(*) filter (where direction = 'rise') as rose_in,
    from moves
    group by to_quadrant
),

starts as (
    select
        from_quadrant as cell,
        count(*) filter (where direction = 'fall') as fell_out,
        count(*) filter (where direction = 'rise') as rose_out,
    from moves
    group by from_quadrant
),

ways as (
    select
        sides,
        from_quadrant,
        to_quadrant,
        direction,
        count(*) as customers,
        sum(arr) as arr,
    from moves
    where direction is not null
    group by sides, from_quadrant, to_quadrant, direction
),

rows_of_both as (
    select
        'way' as kind,
        *,
        row_number() over (
            partition by direction
            order by customers desc, arr desc, from_quadrant, to_quadrant
        ) as place,
        direction in ('fall', 'rise')
        and place <= if(direction = 'fall', 10, 7)
        and (customers > 1 or place <= 3) as is_drawn,
    from ways
    union all by name
    select
        'cell' as kind,
        cells.sides,
        cells.cell as to_quadrant,
        coalesce(ends.customers, 0) as customers,
        coalesce(ends.arr, 0) as arr,
        coalesce(ends.fell_in, 0) as fell_in,
        coalesce(ends.rose_in, 0) as rose_in,
        coalesce(starts.fell_out, 0) as fell_out,
        coalesce(starts.rose_out, 0) as rose_out,
    from cells
    left join ends on cells.cell = ends.cell
    left join starts on cells.cell = starts.cell
),

left_out as (
    select
        count(*) as left_ways,
        coalesce(sum(customers), 0)::bigint as left_customers,
        coalesce(sum(customers) filter (where direction = 'mixed'), 0)::bigint as left_mixed,
        coalesce(sum(arr), 0) as left_arr,
    from rows_of_both
    where kind = 'way' and direction != 'stay' and not is_drawn
)

select
    kind,
    sides,
    from_quadrant,
    to_quadrant,
    outcome_of(from_quadrant, sides) as from_outcome,
    experience_of(from_quadrant, sides) as from_experience,
    outcome_of(to_quadrant, sides) as to_outcome,
    experience_of(to_quadrant, sides) as to_experience,
    direction,
    place,
    customers,
    arr,
    fell_in,
    rose_in,
    fell_out,
    rose_out,
    is_drawn,
    left_ways,
    left_customers,
    left_mixed,
    left_arr,
from rows_of_both
cross join left_out
order by kind, from_quadrant, to_quadrant
