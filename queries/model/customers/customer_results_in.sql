-- One row per measure of what a customer got from the product in a window, where the data tell of it: its value, and of
-- how many periods, answers or tickets it is. No ticket is 0 where the workspace has tickets by then (J3). Licences that
-- usage does not tell are those of the contracts in force on the window's last day; satisfaction is each respondent's
-- latest answer within 12 months of that day (G6).
create or replace macro customer_results_in(whose, from_day, to_day, north_star) as table
    with licences as (
        select sum(contracts.licensed_users) as of_contracts,
        from arr_spans
        inner join contracts on arr_spans.contract_id = contracts.contract_id
        where
            contracts.customer_id = whose
            and to_day between arr_spans.first_day and arr_spans.last_day
    ),

    periods as (
        select
            period_end as day,
            max(value) filter (where measure = 'active_users') as active_users,
            coalesce(
                max(value) filter (where measure = 'licensed_users'), max(licences.of_contracts)
            ) as licensed_users,
            max(value) filter (where measure = north_star) as key_actions,
            max(value) filter (where measure = 'features_used') as features_used,
        from tend.stg_usage
        cross join licences
        where
            customer_id = whose and value is not null and in_window(period_end, from_day, to_day)
        group by period_start, period_end, granularity
    ),

    tickets as (
        select
            opened_on,
            resolved_on,
            in_window(opened_on, from_day, to_day) as is_opened,
            in_window(resolved_on, from_day, to_day) as is_solved,
            csat / nullif(csat_scale, 0) as rating,
        from tend.stg_tickets
        where customer_id = whose
    ),

    facts as (
        select
            measure,
            day,
            value,
            null as of_whole,
        from
            periods unpivot (
            value for measure in (active_users, licensed_users, key_actions, features_used)
        )
        union all by name
        select
            'active_share' as measure,
            day,
            active_users as value,
            licensed_users as of_whole,
        from periods
        where active_users is not null and licensed_users > 0
        union all by name
        select
            unnest(['tickets_opened', 'tickets_solved']) as measure,
            0 as value,
        from tend.stg_tickets
        having to_day >= min(opened_on)
        union all by name
        select
            'tickets_opened' as measure,
            opened_on as day,
            1 as value,
        from tickets
        where is_opened
        union all by name
        select
            unnest(['tickets_solved', 'days_to_solve', 'ticket_csat']) as measure,
            resolved_on as day,
            unnest([1, resolved_on - opened_on, rating]) as value,
        from tickets
        where is_solved
        union all by name
        select
            'csat' as measure,
            max(answered_on) as day,
            max_by(csat / nullif(csat_scale, 0), (answered_at, csat / nullif(csat_scale, 0)))
                as value,
        from tend.stg_surveys
        where customer_id = whose and csat is not null and in_year_to(answered_on, to_day)
        group by person
        union all by name
        select
            'nps' as measure,
            answered_on as day,
            nps as value,
        from nps_answers(year_to(to_day), to_day)
        where customer_id = whose
    )

    select
        measure,
        case
            when measure in ('licensed_users', 'features_used') then max_by(value, day)
            when measure in ('key_actions', 'tickets_opened', 'tickets_solved') then sum(value)
            when measure = 'active_share' then sum(value) / sum(of_whole)
            when measure = 'days_to_solve' then median(value)
            else avg(value)
        end::double as value,
        count(day) as cases,
    from facts
    where value is not null
    group by measure;
