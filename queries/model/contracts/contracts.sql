-- One row per recurring contract known at the as-of date and counted: no one-offs (B12), no drafts (B9).
select
    known_contracts.* exclude (full_amount, is_one_off) replace (
        -- an open end is never due, whatever the outcome says (M19)
        if(
            start_date is not null and end_date is null and outcome <> 'lost', null, outcome
        ) as outcome
    ),
    supersessions.followed_from,
    list_contains($add_on_types, coalesce(plain(contract_type), '')) as is_add_on,
    -- neither due nor a successor; its ARR counts on its days (M14)
    coalesce(annual_amount < 0, false) as is_credit,
    -- the mark has the day of the end, unless a day of its own is given (B8)
    ended_on is null and is_lost_word(status_meaning, end_date) as is_marked_lost,
    -- what the file says, whenever that counts: undated, so as it is now (A7)
    coalesce(outcome = 'lost', false) or is_lost_word(status_meaning, end_date) as is_said_lost,
    ended_on <= $as_of as is_ended,
    counts_as_lost($as_of, outcome, ended_on, end_date) as is_given_lost,
    -- given as renewed, it goes on without a later contract, too: for as many months again
    if(
        outcome = 'renewed' and start_date is not null and ended_on is null,
        (day_after + to_months(greatest(1, round(term_months))::integer))::date - 1,
        null
    ) as goes_on_until,
from known_contracts
left join supersessions on known_contracts.contract_id = supersessions.contract_id
where not is_one_off
