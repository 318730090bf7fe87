-- One row per line of the logs, brought to one form, from cells that are still text (Spark SQL).
-- A time is ISO 8601 or a count since 1970; one without a zone is of `:log_zone`. What else it may be is not guessed.
select
    nullif(trim(account), '') as account_id,
    nullif(trim(`user`), '') as user_id,
    nullif(trim(event), '') as event,
    nullif(trim(feature), '') as feature,
    nullif(trim(event_id), '') as event_id,
    try_cast(seats as decimal(18, 3)) as seats,
    case
        when broken_line is not null then null
        when time rlike '^[0-9]{10}$' then timestamp_seconds(try_cast(time as bigint))
        when time rlike '^[0-9]{13}$' then timestamp_millis(try_cast(time as bigint))
        when time rlike '^[0-9]{16}$' then timestamp_micros(try_cast(time as bigint))
        when time rlike '^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}([.,][0-9]{1,9})?(Z| ?[+-][0-9]{2}:?[0-9]{2})$'
            then try_cast(
                regexp_replace(replace(time, ',', '.'), ' ?([+-][0-9]{2}):?([0-9]{2})$', '$1:$2')
                as timestamp
            )
        when time rlike '^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}([.,][0-9]{1,9})?$'
            then to_utc_timestamp(try_cast(replace(time, ',', '.') as timestamp), :log_zone)
    end as happened_at
from log
