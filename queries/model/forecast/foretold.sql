-- One row per decided contract with an end: what health said 90 days before its last day, and what came (J10).
create or replace macro foretold(as_of) as table
    select
        renewals.contract_id,
        renewals.customer_id,
        renewals.end_date,
        renewals.arr,
        renewals.is_renewed,
        month_end_by(renewals.end_date - 90) as month,
        health_months.quadrant,
        health_months.outcome_score,
        health_months.experience_score,
        round((health_months.outcome_score + health_months.experience_score) / 2, 9) as score,
    from renewals
    left join tend.health_months
        on
            renewals.customer_id = health_months.customer_id
            and health_months.month = month_end_by(renewals.end_date - 90)
            -- decided ahead of its end, it has no such month yet
            and health_months.month <= as_of
    where renewals.is_decided and renewals.end_date is not null;
