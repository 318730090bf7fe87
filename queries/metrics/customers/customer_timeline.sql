-- question: What happened with a customer, and how did its use and its scores go along?
-- grain: one row per contract, event, month of use and month end with a score, known at the as-of date
-- key: none
-- parameters:
--   customer_id (text): the customer
-- columns:
--   lane (code customers.lanes): contract, stage, touch, answer, ticket, usage, outcome or experience
--   day (date): first day of a contract; of an event its day; of use and scores the last of the month
--   until (date): last day of a contract, or the as-of date; when a ticket was solved, if it was by then
--   what (text): contract number, kind of touch, respondent, severity, or the measure of use
--   said (text): note, comment or subject
--   stage (code stages): of a renewal, as it was entered
--   state (code states): of a score
--   is_change (flag): the state of a score is another than the month before
--   is_open (flag): a contract due, overdue or without an end
--   value (mixed): ARR of a contract, NPS of an answer, points of a score, or how much was used
--   of_most (rate): of use: its share of the greatest month here
with contract_bars as (
    select
        'contract' as lane,
        contracts.start_date as day,
        coalesce(contracts.end_date, greatest($as_of, contracts.start_date)) as until,
        contracts.contract_id as what,
        contracts.product as said,
        coalesce(renewals.is_open, true) as is_open,
        contracts.arr as value,
    from contracts
    left join renewals on contracts.contract_id = renewals.contract_id
    where contracts.customer_id = $customer_id and contracts.start_date is not null
),

stages as (
    select
        'stage' as lane,
        stage_log.entered_on as day,
        stage_log.contract_id as what,
        stage_log.note as said,
        stage_log.stage,
    from stage_log
    inner join contracts on stage_log.contract_id = contracts.contract_id
    where contracts.customer_id = $customer_id
),

events as (
    select
        'touch' as lane,
        touched_on as day,
        kind as what,
        note as said,
    from tend.stg_touches
    where customer_id = $customer_id
    union all by name
    select
        'answer' as lane,
        answered_on as day,
        respondent as what,
        comment as said,
        nps as value,
    from tend.stg_surveys
    where customer_id = $customer_id
    union all by name
    select
        'ticket' as lane,
        opened_on as day,
        if(resolved_on <= $as_of, resolved_on, null) as until,
        severity as what,
        subject as said,
    from tend.stg_tickets
    where customer_id = $customer_id
),

months_used as (
    select
        'usage' as lane,
        last_day(period_end) as day,
        measure as what,
        sum(value) as value,
        coalesce(sum(value) / nullif(max(sum(value)) over (partition by measure), 0), 0) as of_most,
    from tend.stg_usage
    where
        customer_id = $customer_id and measure = $north_star and value is not null
        and period_end <= $as_of
    group by last_day(period_end), measure
),

scores as (
    select
        month as day,
        unnest(['outcome', 'experience']) as lane,
        unnest([outcome_score, experience_score]) as value,
        unnest([state_of(outcome_level), state_of(experience_level)]) as state,
    from tend.health_months
    where customer_id = $customer_id and month <= $as_of
),

known_scores as (
    select
        *,
        coalesce(state <> lag(state) over (partition by lane order by day), true) as is_change,
    from scores
    where value is not null
),

everything as (
    select *,
    from contract_bars
    union all by name
    select *,
    from stages
    union all by name
    select *,
    from events
    union all by name
    select *,
    from months_used
    union all by name
    select *,
    from known_scores
)

select
    lane,
    day,
    until,
    what,
    said,
    stage,
    state,
    is_change,
    is_open,
    value,
    of_most,
from everything
where day <= $as_of or lane in ('contract', 'usage')
order by lane, day, what, said
