-- One row per customer with answers in the 12 months to a day (G6): how satisfied it is. The mean of each
-- respondent's latest NPS; where nobody gave one, the share of satisfied ones among the latest CSAT (G4).
create or replace macro satisfactions(to_day) as table
    with by_nps as (
        select
            customer_id,
            avg(nps) as nps_mean,
            count(*) as answers,
            count(*) filter (where nps_group = 'promoter') as promoters,
            count(*) filter (where nps_group = 'detractor') as detractors,
            max(answered_on) as answered_on,
        from nps_answers(year_to(to_day), to_day)
        group by customer_id
    ),

    csat_answers as (
        select
            customer_id,
            max_by(csat / nullif(csat_scale, 0), (answered_at, csat / nullif(csat_scale, 0)))
                as share,
            max(answered_on) as answered_on,
        from tend.stg_surveys
        where
            csat is not null and in_year_to(answered_on, to_day)
        group by customer_id, person
    ),

    by_csat as (
        select
            customer_id,
            -- 4 and 5 of 5, 8 to 10 of 10, 80 % and more (G4)
            count(*) filter (where share >= 0.8) / count(*) as csat_share,
            max(answered_on) as answered_on,
        from csat_answers
        group by customer_id
    )

    select
        coalesce(by_nps.customer_id, by_csat.customer_id) as customer_id,
        by_nps.nps_mean,
        by_csat.csat_share,
        coalesce(by_nps.answers, 0) as answers,
        coalesce(by_nps.promoters, 0) as promoters,
        coalesce(by_nps.detractors, 0) as detractors,
        greatest(by_nps.answered_on, by_csat.answered_on) as answered_on,
        case
            when by_nps.nps_mean >= nps_satisfied_from then 'satisfied'
            when by_nps.nps_mean >= nps_neutral_from then 'neutral'
            when by_nps.nps_mean is not null then 'critical'
            when by_csat.csat_share >= csat_satisfied_from then 'satisfied'
            when by_csat.csat_share >= csat_neutral_from then 'neutral'
            else 'critical'
        end as satisfaction,
    from by_nps
    full join by_csat on by_nps.customer_id = by_csat.customer_id
    cross join satisfaction_limits;
