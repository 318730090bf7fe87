-- question: How long does each stage of the renewal process take, and where do renewals wait?
-- grain: one row per stage that a contract in the window has been in
-- key: stage
-- parameters:
--   first_day: first day of the window of end dates, null for no limit
-- columns:
--   stage (code stages): start, plan, quote, commercial, deferred, renewed, lost or other
--   place (ordinal): its place in the process
--   reached (count): contracts that have been in it
--   renewed (count): of them renewed so far
--   lost (count): of them lost so far
--   waiting (count): contracts due or overdue that are in it now
--   waiting_arr (money): their ARR
--   over_limit (count): of them longer than their tier's limit
--   median_days (days): median days of the stays that have ended
--   stays (count): stays that have ended
with stays as (
    select
        stage_stays.*,
        renewals.is_renewed,
        renewals.is_decided,
        renewals.arr,
        stage_stays.until is null and not renewals.is_decided as is_waiting,
        standing.is_over_limit,
    from stage_stays
    inner join renewals on stage_stays.contract_id = renewals.contract_id
    inner join segments(null, null, $filters) as scope on renewals.contract_id = scope.contract_id
    left join stage_standing as standing on stage_stays.contract_id = standing.contract_id
    where
        in_window(renewals.end_date, $first_day, $last_day)
)

select
    stage,
    coalesce($stage_places[stage], 99) as place,
    count(distinct contract_id) as reached,
    count(distinct contract_id) filter (where is_renewed) as renewed,
    count(distinct contract_id) filter (where is_decided and not is_renewed) as lost,
    count(*) filter (where is_waiting) as waiting,
    coalesce(sum(arr) filter (where is_waiting), 0) as waiting_arr,
    count(*) filter (where is_waiting and is_over_limit) as over_limit,
    median(until - since) as median_days,
    count(until) as stays,
from stays
group by stage
order by place, stage
