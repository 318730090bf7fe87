-- One row per word on a contract's renewal process, in their order: the stay it belongs to, and the chance that its
-- stage has by itself.
-- follows: contract_id
select
    *,
    $stage_chances[stage] as stage_chance,
from stage_path_of(null)
