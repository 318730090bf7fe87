-- One row per decided contract that a CSM made a call on while it was undecided: the newest such call, what came, and the
-- chance it had at the last month end by then. Of the last 36 months, as forecasts are.
create or replace macro calls_held(as_of) as table
    with made as (
        select
            call_log.*,
            renewals.customer_id,
            renewals.arr,
            renewals.is_renewed,
            month_end_by(call_log.called_on) as day,
        from call_log
        inner join renewals on call_log.contract_id = renewals.contract_id
        inner join decisions on call_log.contract_id = decisions.contract_id
        where
            renewals.is_decided
            and call_log.called_on > as_of - to_months(36)
            and fate(
                call_log.called_on,
                decisions.known_from,
                decisions.given_lost_from,
                decisions.renewed_from,
                decisions.lost_from,
                decisions.seemed_from,
                decisions.seemed_until
            ) = 'open'
    ),

    newest as (
        select *,
        from made
        qualify row_number() over (partition by contract_id order by called_on desc) = 1
    ),

    chances as (
        select *,
        from renewal_chances((select list(distinct day), from newest))
    )

    select
        newest.*,
        chances.chance,
    from newest
    left join chances on newest.day = chances.day and newest.contract_id = chances.contract_id;
