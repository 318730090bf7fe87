-- One row per contract (else customer) and day that words on renewals name: whose renewal is meant. A number of several
-- lines, or a customer alone, means the first contract of them that ends, its grace included, not before that day.
create or replace macro renewals_meant(said, grace_days) as table
    with asked as (
        select distinct
            one.customer_id,
            one.contract_id,
            one.day,
        from (select unnest(said) as one,) as told
    ),

    numbers as (
        select
            contract_no,
            min(contract_id) as contract_id,
            count(*) as count_lines,
        from tend.stg_contracts
        group by contract_no
    ),

    told as (
        select
            asked.*,
            -- the only one of its number; one of several is found below
            case
                when numbers.count_lines = 1 then numbers.contract_id
                when numbers.count_lines is null then asked.contract_id
            end as of_contract,
        from asked
        left join numbers on asked.contract_id = numbers.contract_no
    ),

    first_ends as (
        select
            told.customer_id,
            told.contract_id,
            told.day,
            min_by(renewals.contract_id, (renewals.end_date, renewals.contract_id)) as of_contract,
        from told
        inner join renewals
            on
                told.customer_id = renewals.customer_id
                and renewals.end_date + grace_days >= told.day
        inner join contracts on renewals.contract_id = contracts.contract_id
        where
            told.of_contract is null
            and coalesce(told.contract_id = contracts.contract_no, true)
        group by told.customer_id, told.contract_id, told.day
    )

    select
        told.customer_id,
        told.contract_id,
        told.day,
        coalesce(told.of_contract, first_ends.of_contract) as of_contract,
    from told
    left join first_ends
        on
            told.customer_id is not distinct from first_ends.customer_id
            and told.contract_id is not distinct from first_ends.contract_id
            and told.day = first_ends.day;
