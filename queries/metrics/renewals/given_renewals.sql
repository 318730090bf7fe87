-- question: How many contracts are renewed only because the file says so?
-- grain: one row
-- columns:
--   contracts (count): contracts over and given as renewed, with no later contract of the customer (of the same product, where both name one): they go on, for as many months again
--   arr (money): the ARR that goes on: the renewed amount, else what it was
--   running (count): of them those whose second term runs on the as-of date
--   renewed (count): all renewed contracts
with told as (
    select
        renewals.successor_arr,
        contracts.goes_on_until >= $as_of as is_running,
        renewals.outcome = 'renewed_on_time'
        and renewals.successor_id is null
        and contracts.goes_on_until is not null
        and contracts.contract_id not in (
            select takeovers.contract_id,
            from takeovers
        ) as is_by_word,
    from renewals
    inner join contracts on renewals.contract_id = contracts.contract_id
    inner join segments(null, null, $filters) as scope on renewals.contract_id = scope.contract_id
    where renewals.is_renewed and in_window(renewals.end_date, $first_day, $last_day)
)

select
    count(*) filter (where is_by_word) as contracts,
    coalesce(sum(successor_arr) filter (where is_by_word), 0) as arr,
    count(*) filter (where is_by_word and is_running) as running,
    count(*) as renewed,
from told
