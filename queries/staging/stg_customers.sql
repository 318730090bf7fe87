-- One row per customer: of the customer list, or made from what other rows say (is_listed false).
with everybody as (
    select
        stg_identities.customer_id,
        bool_or(stg_mentions.dataset = 'customers') as is_listed,
        -- its own name before that of one merged into it, the customer list's before other files',
        -- the newest
        max_by(
            stg_mentions.customer_name,
            (
                stg_identities.own_id = stg_identities.customer_id,
                stg_mentions.dataset = 'customers',
                stg_mentions.import_id,
                stg_mentions.row_no
            )
        ) as customer_name,
    from stg_mentions
    inner join stg_identities
        on
            stg_mentions.customer_id is not distinct from stg_identities.given_id
            and stg_mentions.name_key is not distinct from stg_identities.name_key
    group by stg_identities.customer_id
),

accepted as (
    select *,
    from counted_rows('customers')
),

folded as (
    select
        customer_id,
        latest(industry, 'industry', has, import_id) as industry,
        latest(size, 'size', has, import_id) as size,
        latest(size_number, 'size', has, import_id) as size_number,
        latest(department, 'department', has, import_id) as department,
        latest(region, 'region', has, import_id) as region,
        latest(csm, 'csm', has, import_id) as csm,
        latest(account_manager, 'account_manager', has, import_id) as account_manager,
        latest(tier, 'tier', has, import_id) as tier,
        latest(source_channel, 'source_channel', has, import_id) as source_channel,
        latest(go_live_date, 'go_live_date', has, import_id) as go_live_date,
        latest(acquisition_cost, 'acquisition_cost', has, import_id) as acquisition_cost,
        latest(potential, 'potential', has, import_id) as potential,
        latest(key_contact, 'key_contact', has, import_id) as key_contact,
        latest(key_contact_role, 'key_contact_role', has, import_id) as key_contact_role,
        list({'import_id': import_id, 'sheet_no': sheet_no, 'row_no': row_no}) as sources,
    from accepted
    group by customer_id
),

extra_columns as (
    select
        customer_id,
        import_id,
        sheet_no,
        row_no,
        unnest(map_keys(extra)) as header,
        unnest(map_values(extra)) as value,
    from accepted
),

extras as (
    select
        customer_id,
        map_from_entries(list({'key': header, 'value': value} order by header)) as extra,
    from (
        select
            customer_id,
            header,
            spelled(
                header,
                (max_by({'it': value}, said_at(import_id, sheet_no, row_no, value is not null))).it
            ) as value,
        from extra_columns
        group by customer_id, header
    )
    where value is not null
    group by customer_id
)

select
    everybody.customer_id,
    coalesce(everybody.customer_name, everybody.customer_id) as customer_name,
    everybody.is_listed,
    folded.* exclude (customer_id) replace (
        spelled('industry', folded.industry) as industry,
        spelled('department', folded.department) as department,
        spelled('region', folded.region) as region,
        spelled('csm', folded.csm) as csm,
        spelled('tier', folded.tier) as tier,
        spelled('source_channel', folded.source_channel) as source_channel,
        spelled('potential', folded.potential) as potential
    ),
    coalesce(extras.extra, map {}) as extra,
from everybody
left join folded on everybody.customer_id = folded.customer_id
left join extras on everybody.customer_id = extras.customer_id
