-- One row per contract due or overdue on the as-of date: the chance that it renews. One that is marked lost has none
-- left, whatever its stage (M31).
create or replace macro chances_now() as table
    with chances as (
        select
            others.* exclude (odds),
            own.stage,
            renewals.outcome,
            renewals.days_left,
            renewals.is_marked_lost,
            if(
                renewals.is_marked_lost, odds_given(0), odds_of(own.chance, others.odds)
            ) as odds,
            if(
                renewals.is_marked_lost, 'marked_lost', basis_of(own.basis, others.quadrant)
            ) as basis,
            if(
                renewals.is_marked_lost,
                null,
                pool_of(own.chance, others.step, others.size, others.quadrant)
            ) as pool,
        from chances_by_others_now as others
        left join process as own on others.contract_id = own.contract_id
        inner join renewals on others.contract_id = renewals.contract_id
    )

    select
        *,
        odds.chance,
    from chances;
