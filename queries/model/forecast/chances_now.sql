-- One row per contract due or overdue on the as-of date: the chance that it renews. One that is marked lost has none
-- left, whatever its stage (M31).
create or replace macro chances_now(as_of) as table
    select
        chances.* replace (
            if(renewals.is_marked_lost, 'marked_lost', chances.basis) as basis,
            if(renewals.is_marked_lost, 0, chances.chance) as chance,
            if(renewals.is_marked_lost, odds_given(0), chances.odds) as odds,
            if(renewals.is_marked_lost, null, chances.pool) as pool
        ),
        renewals.outcome,
        renewals.days_left,
        renewals.is_marked_lost,
    from renewal_chances([as_of]) as chances
    inner join renewals on chances.contract_id = renewals.contract_id;
