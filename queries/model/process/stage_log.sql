-- One row per word on a contract's renewal process known on the as-of date; a word on a customer, or on a number of
-- several lines, is of the first contract of them that ends, its grace included, not before that day.
with numbers as (
    select
        contract_no,
        min(contract_id) as contract_id,
        count(*) as count_lines,
    from tend.stg_contracts
    group by contract_no
),

told as (
    select
        stg_stages.* exclude (sources),
        list_max(list_transform(sources, lambda one: one['import_id'])) as import_id,
        -- the only one of its number; one of several is found below
        case
            when numbers.count_lines = 1 then numbers.contract_id
            when numbers.count_lines is null then stg_stages.contract_id
        end as of_contract,
    from tend.stg_stages
    left join numbers on stg_stages.contract_id = numbers.contract_no
    where stg_stages.entered_on <= $as_of
),

first_ends as (
    select
        told.customer_id,
        told.contract_id,
        told.entered_on,
        told.stage,
        min_by(renewals.contract_id, (renewals.end_date, renewals.contract_id)) as of_contract,
    from told
    inner join renewals
        on
            told.customer_id = renewals.customer_id
            and renewals.end_date + $grace_days >= told.entered_on
    inner join contracts on renewals.contract_id = contracts.contract_id
    where
        told.of_contract is null
        and coalesce(told.contract_id = contracts.contract_no, true)
    group by told.customer_id, told.contract_id, told.entered_on, told.stage
)

select
    coalesce(told.of_contract, first_ends.of_contract) as contract_id,
    told.stage as stage_text,
    coalesce($stage_words[plain(told.stage)], 'other') as stage,
    $stage_places[$stage_words[plain(told.stage)]] as place,
    told.entered_on,
    told.expected_amount,
    told.probability,
    told.note,
    told.import_id,
from told
left join first_ends
    on
        told.of_contract is null
        and told.customer_id = first_ends.customer_id
        and told.contract_id is not distinct from first_ends.contract_id
        and told.entered_on = first_ends.entered_on
        and told.stage = first_ends.stage
where coalesce(told.of_contract, first_ends.of_contract) is not null
