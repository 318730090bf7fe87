-- One row per lead in months and contract whose end lies in a month that is over: the chance it was given so many
-- month ends before that month's own, and what came. Of the last 36 such months.
create or replace macro forecasts_made(as_of, leads) as table
    with ended as (
        select last_day(month_end_by(as_of) - to_months(unnest(range(36))::integer)) as month_end,
    ),

    given as (
        select unnest(leads) as lead,
    ),

    asked as (
        select
            ended.month_end,
            given.lead,
            last_day(ended.month_end - to_months(given.lead::integer)) as day,
        from ended
        cross join given
    ),

    chances as (
        select *,
        from renewal_chances((select list(distinct day), from asked))
    )

    select
        asked.lead,
        asked.month_end,
        chances.day,
        chances.contract_id,
        chances.end_date,
        chances.arr,
        chances.chance,
        chances.odds,
        chances.pool,
        chances.basis,
        renewals.is_renewed,
        renewals.is_decided,
    from asked
    inner join chances
        on
            asked.day = chances.day
            and last_day(chances.end_date) = asked.month_end
    inner join renewals on chances.contract_id = renewals.contract_id
    -- without anything decided by then, there was no forecast
    where chances.chance is not null;
