-- One row per day asked for and contract open on it: the chance that it renews as was known that day, and where
-- the chance comes from (D10, M30). A mark as lost has no day, so it says nothing of days gone by (B8).
create or replace macro renewal_chances(days) as table
    select
        others.* exclude (odds),
        own.stage,
        own.chance as own_chance,
        own.basis as own_basis,
        odds_of(own.chance, others.odds) as odds,
        basis_of(own.basis, others.quadrant) as basis,
        odds_of(own.chance, others.odds).chance as chance,
        pool_of(own.chance, others.step, others.size, others.quadrant) as pool,
    from chances_by_others(days) as others
    left join process_on(days) as own
        on others.day = own.day and others.contract_id = own.contract_id;
