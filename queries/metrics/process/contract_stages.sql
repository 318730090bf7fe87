-- question: What was said of a contract's renewal, by whom and when?
-- grain: one row per word on its stage, the newest first
-- key: entered_on, stage_text
-- parameters:
--   contract_id (text): the contract
-- columns:
--   entered_on (date): the day it entered the stage
--   stage (code stages): start, plan, quote, commercial, deferred, renewed, lost or other
--   stage_text (text): as files or people say it
--   expected_amount (money): as files or people expect it
--   probability (rate): as the file gives it
--   note (text): the note
--   import_id (ordinal): the import or entry that said it last
--   origin (code): file, or entry for what was entered in the app
--   who (text): by whom
--   imported_at (moment): when
--   file (text): the file's name, empty for an entry
select
    stage_log.entered_on,
    stage_log.stage,
    stage_log.stage_text,
    stage_log.expected_amount,
    stage_log.probability,
    stage_log.note,
    stage_log.import_id,
    imports.origin,
    imports.who,
    imports.imported_at,
    imports.file,
from stage_log
inner join tend.imports as imports on stage_log.import_id = imports.import_id
where stage_log.contract_id = $contract_id
order by stage_log.entered_on desc, stage_log.import_id desc, stage_log.place desc nulls last
