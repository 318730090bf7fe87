-- One row per month: a fingerprint of the facts that its health is the first to know, and of those
-- without a date, which every month knows. A month whose fingerprint is another one is scored anew,
-- and all after it. What is folded by bit_xor is hashed twice: the last of several arguments of hash() would
-- cancel out where an even number of rows share it.
with dated as (
    select
        period_end as day,
        hash(customer_id, period_start, granularity, measure, value) as mark,
    from tend.stg_usage
    union all
    select
        answered_on as day,
        hash(customer_id, person, answered_at, nps, sentiment) as mark,
    from tend.stg_surveys
    union all
    select
        touched_on as day,
        hash(customer_id, time_of_day, kind, csm, note, place) as mark,
    from tend.stg_touches
    union all
    select
        opened_on as day,
        hash(ticket_id, customer_id, resolved_on, severity, csat, csat_scale) as mark,
    from tend.stg_tickets
),

contracts as (
    select
        known_from as day,
        hash(stg_contracts) as mark,
    from (from tend.stg_contracts select * exclude (sources),) as stg_contracts
),

undated as (
    select bit_xor(hash(hash(customer_id, industry, key_contact))) as mark,
    from tend.stg_customers
),

-- before the first contract nobody was in force
bounds as (
    select min(coalesce(start_date, signed_date)) as first_day,
    from tend.stg_contracts
),

months as (
    select
        last_day(unnest(range(date_trunc('month', first_day), $today + 1, interval 1 month))::date)
            as month,
    from bounds
),

marked as (
    select
        last_day(greatest(day, (select bounds.first_day, from bounds))) as month,
        bit_xor(hash(hash(day, mark))) as mark,
        count(*) as count_facts,
    from (
        from dated
        union all
        from contracts
    )
    group by all
)

select
    months.month,
    hash($reading, undated.mark, marked.mark, marked.count_facts) as mark,
from months
cross join undated
left join marked on months.month = marked.month
where months.month <= $today
order by months.month
