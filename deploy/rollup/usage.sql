-- One row per account, month and fate of its lines: what the usage of Tend is made of, and what became of every line.
-- Plain SQL: Spark and DuckDB read it alike (there `struct` is a macro over `row`). It reads
--   events          account_id, user_id, event, feature, event_id, seats, happened_at in UTC; empty cells are null
--   months          period, starts_at and ends_at in UTC, day_after: the months asked for, by the company's own clock
--   accounts        customer_id, since: who is written, each from the month of its first day on
--   key_events, ignored_events     event
-- A copy is a line of the same account and event_id or, without one, with everything the same; the earliest counts.
with numbered as (
    select
        *,
        row_number() over (
            partition by
                account_id,
                event_id,
                case when event_id is null then happened_at end,
                case when event_id is null then user_id end,
                case when event_id is null then event end,
                case when event_id is null then feature end
            order by
                happened_at nulls last,
                user_id nulls last,
                event nulls last,
                feature nulls last,
                seats desc nulls last
        ) as copy_no
    from events
),

fated as (
    select
        numbered.account_id,
        months.period,
        case
            when numbered.happened_at is null then 'unreadable'
            when numbered.account_id is null then 'no_account'
            when numbered.copy_no > 1 then 'repeated'
            when months.period is null then 'other_month'
            when ignored_events.event is not null then 'ignored'
            when accounts.customer_id is null then 'unknown_account'
            else 'counted'
        end as fate,
        1 as line,
        numbered.user_id,
        case
            when key_events.event is not null or (select count(*) from key_events) = 0 then 1
            else 0
        end as key_action,
        coalesce(numbered.feature, numbered.event) as feature,
        numbered.seats,
        numbered.happened_at
    from numbered
    left join months
        on numbered.happened_at >= months.starts_at and numbered.happened_at < months.ends_at
    left join ignored_events on numbered.event = ignored_events.event
    left join key_events on numbered.event = key_events.event
    left join accounts on numbered.account_id = accounts.customer_id
    union all
    -- who did nothing in a month is told as nothing: silence is what health listens to
    select
        accounts.customer_id as account_id,
        months.period,
        'counted' as fate,
        0 as line,
        null as user_id,
        0 as key_action,
        null as feature,
        null as seats,
        null as happened_at
    from accounts
    cross join months
    where accounts.since is null or accounts.since < months.day_after
)

select
    account_id,
    period,
    fate,
    sum(line) as lines,
    count(distinct user_id) as active_users,
    max_by(seats, struct(happened_at, seats)) filter (where seats is not null) as licensed_users,
    sum(key_action) as key_actions,
    count(distinct feature) as features_used,
    min(happened_at) as first_at,
    max(happened_at) as last_at
from fated
group by account_id, period, fate
