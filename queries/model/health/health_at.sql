-- One row per customer in force at the last month end that is not after a day: its health there (J2).
create or replace macro health_at(day) as table
    select
        *,
        state_of(outcome_level) as outcome_state,
        state_of(experience_level) as experience_state,
    from tend.health_months
    where month = month_end_by(day);
