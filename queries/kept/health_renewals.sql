-- One row per contract that has been renewed by a month end made anew (J5), and the day on which its customer is
-- looked at; with the users licensed then, where the renewal is first known.
with licensed as (
    select
        health_renewed.month,
        health_renewed.contract_id,
        sum(health_stands.licensed_users) as licensed_users,
    from health_renewed
    inner join health_stands
        on
            health_renewed.customer_id = health_stands.customer_id
            and health_renewed.month = health_stands.month
            and health_renewed.day between health_stands.first_day and health_stands.last_day
    where
        health_renewed.is_first
        and coalesce(health_stands.signed_date <= health_renewed.day, true)
    group by health_renewed.month, health_renewed.contract_id
)

select
    health_renewed.month,
    health_renewed.contract_id,
    health_renewed.customer_id,
    health_renewed.day,
    licensed.licensed_users,
from health_renewed
left join licensed
    on
        health_renewed.month = licensed.month
        and health_renewed.contract_id = licensed.contract_id
