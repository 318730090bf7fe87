-- One row per customer, day and respondent; what several files say of one answer is merged (K21).
with accepted as (
    select
        rows_surveys.* exclude (customer_id),
        stg_sheets.has,
        stg_identities.customer_id,
    from rows_surveys
    inner join stg_sheets
        on
            rows_surveys.import_id = stg_sheets.import_id
            and rows_surveys.sheet_no = stg_sheets.sheet_no
            and stg_sheets.dataset = 'surveys'
    left join stg_identities
        on
            rows_surveys.customer_id is not distinct from stg_identities.given_id
            and rows_surveys.name_key is not distinct from stg_identities.name_key
)

select
    customer_id,
    answered_on,
    respondent,
    latest(nps, 'nps', has, import_id) as nps,
    latest(csat, 'csat', has, import_id) as csat,
    latest(csat_scale, 'csat', has, import_id) as csat_scale,
    latest(sentiment, 'sentiment', has, import_id) as sentiment,
    latest(comment, 'comment', has, import_id) as comment,
    list({'import_id': import_id, 'sheet_no': sheet_no, 'row_no': row_no}) as sources,
from accepted
group by customer_id, answered_on, respondent
