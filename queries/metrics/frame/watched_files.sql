-- question: Which files came by the watched folder, and where does each stand?
-- grain: one row per content that came
-- key: arrival
-- columns:
--   arrival (ordinal): in which order they came
--   arrived_at (moment): when it came
--   file (text): its place below the folder, as it was first seen
--   folder (text): the watched folder
--   state (code watched.states): in, waits for a person, refused, left out, taken back, or newer: a newer one of its name came
--   import_id (ordinal): the import by which it is in, or was before it was taken back
--   why (code): why it waits or was refused
--   why_of (text): what that sentence names, as JSON
--   content_hash (text): its content
select
    arrival,
    arrived_at,
    file,
    folder,
    state,
    import_id,
    code as why,
    to_json(params)::varchar as why_of,
    content_hash,
from watched
order by arrival desc
