-- question: Who moved between the cells of satisfaction since a date?
-- grain: one row per scale, satisfaction on the earlier day and satisfaction now
-- key: scale, was or null, satisfaction or null
-- parameters:
--   first_day: the earlier day; null: a month before the as-of date
-- columns:
--   scale (code values): large, mid, small or unknown, as it is now
--   was (code satisfaction): satisfied, neutral, critical or not_asked on the earlier day; null: not in force then
--   satisfaction (code satisfaction): the same on the as-of date; null: no longer in force
--   customers (count): customers that moved so, or stayed
--   arr (money): their ARR on the as-of date, of those gone on the earlier day
--   went (code service.directions): rise, fall, stay, asked, lapsed, new or gone
select
    coalesce(later.scale, before.scale) as scale,
    before.satisfaction as was,
    later.satisfaction,
    count(*) as customers,
    sum(coalesce(later.arr, before.arr)) as arr,
    satisfaction_move(before.satisfaction, later.satisfaction) as went,
from sop_cells($as_of, null, $filters) as later
full join
    sop_cells(coalesce($first_day, ($as_of - interval 1 month)::date), null, $filters) as before
    on later.customer_id = before.customer_id
group by coalesce(later.scale, before.scale), before.satisfaction, later.satisfaction
order by
    scale_place(coalesce(later.scale, before.scale)),
    satisfaction_place(before.satisfaction),
    satisfaction_place(later.satisfaction)
