-- question: What was foretold of each contract that is decided, and what came?
-- grain: one row per decided contract with an end date
-- key: contract_id
-- parameters:
--   first_day: first day of the window of end dates, null for no limit
--   chance_from (rate, optional): only contracts whose chance was in this tenth, by its lower bound; null for all
--   quadrant (ordinal, optional): only contracts of customers in this quadrant then, "unknown" for those without one; null for all
--   fifth (ordinal, optional): only contracts in this fifth by their score, 1 the lowest; null for all
-- columns:
--   contract_id (text): the contract
--   customer_id (text): its customer
--   customer_name (text): the customer's name
--   outcome (code outcomes): what came: renewed_on_time, renewed_late, renewed_early or lost
--   chance (rate): what the model gave it three month ends before the month of its end; of the last 36 months
--   score (number): mean of both scores of its customer 90 days before the end
--   quadrant (ordinal): its customer's then; null where unknown
--   outcome_score (number): its customer's then
--   experience_score (number): its customer's then
--   fifth (ordinal): its fifth by the score, 1 the lowest; null without a score
--   arr (money): its ARR
--   end_date (date): last day in force
--   csm (label): the customer's
--   tier (label): the customer's
with chances as (
    select
        contract_id,
        chance,
    from forecasts_made($as_of, [3])
),

judged as (
    select
        listed.contract_id,
        listed.customer_id,
        listed.customer_name,
        listed.outcome,
        chances.chance,
        foretold.score,
        foretold.quadrant,
        foretold.outcome_score,
        foretold.experience_score,
        if(
            foretold.score is null,
            null,
            fifth_upwards(
                rank() over (partition by foretold.score is null order by foretold.score),
                count(*) over (partition by foretold.score is null)
            )
        ) as fifth,
        listed.arr,
        listed.end_date,
        listed.csm,
        listed.tier,
    from foretold($as_of) as foretold
    inner join renewal_list($filters, $first_day, $last_day) as listed
        on foretold.contract_id = listed.contract_id
    left join chances on foretold.contract_id = chances.contract_id
)

select *,
from judged
where
    ($chance_from is null or tenth_of(chance) = $chance_from::double)
    and ($quadrant is null or coalesce(quadrant::varchar, 'unknown') = $quadrant)
    and ($fifth is null or fifth = $fifth::integer)
order by outcome <> 'lost', arr desc nulls last, contract_id
