-- One row per customer, period and measure; parts of one are added up, those of the newest import (M4).
with accepted as (
    select *,
    from counted_rows('usage')
),

-- most measures of a period stand in one row and need no folding
repeated as (
    select
        customer_id,
        period_start,
        granularity,
        measure,
        max(2 * import_id + (value is not null)::integer) as newest,
    from accepted
    group by customer_id, period_start, granularity, measure
    having count(*) > 1
),

folded as (
    select
        customer_id,
        period_start,
        granularity,
        measure,
        max_by(period_end, said_at(import_id, sheet_no, row_no, true)) as period_end,
        coalesce(
            sum(value) filter (where part is not null and 2 * import_id + 1 = newest),
            (max_by({'it': value}, said_at(import_id, sheet_no, row_no, value is not null))).it
        ) as value,
        list({'import_id': import_id, 'sheet_no': sheet_no, 'row_no': row_no}) as sources,
    from accepted
    inner join repeated using (customer_id, period_start, granularity, measure)
    group by customer_id, period_start, granularity, measure
)

select *,
from folded
union all by name
select
    customer_id,
    period_start,
    granularity,
    measure,
    period_end,
    value,
    [{'import_id': import_id, 'sheet_no': sheet_no, 'row_no': row_no}] as sources,
from accepted
anti join repeated using (customer_id, period_start, granularity, measure)
