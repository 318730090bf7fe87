"""Before anything is written: what the files would bring, and what is to be said of each."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tend.ingest import problems
from tend.ingest.problems import Problems
from tend.ingest.results import SheetResult
from tend.language import format
from tend.language.errors import TendError
from tend.store.facts.preview import Preview, Rehearsal
from tend.ui.intake import conversation, details, mapping, sheets, waiting
from tend.ui.intake.conversation import Reread
from tend.ui.intake.waiting_file import Waiting
from tend.ui.parts import html, pieces, words
from tend.ui.state import address

_SHEETS_SHOWN = 40  # with all their choices: more would hold up other readers while they are drawn


def show(files: list[Waiting], reread: Reread) -> bool:
    """Show the files that wait; tell whether the reader says: import."""
    ready = [one for one in files if one.is_ready]
    found = _rehearsed() if ready else None
    with st.container(key="decide"):
        _lead(ready, found)
        with st.container(horizontal=True, gap="small"):
            label = words.say("intake.reread" if _is_all_again(ready) else "intake.import")
            says_so = bool(ready) and st.button(label, key="import", type="primary")
            if st.button(words.say("intake.discard" if ready else "intake.close"), key="discard"):
                waiting.drop()
                st.rerun()
    told = dict(zip((one.key for one in ready), found.files if found else (), strict=False))
    for place, one in enumerate(files):
        with st.container(border=True, key=f"preview_{place}"):
            _file(one, told.get(one.key), reread)
    return says_so


def _rehearsed() -> Rehearsal | None:
    """Find what the files would change and lead to; None where that cannot be found now."""
    place = st.empty()
    try:
        with st.spinner(words.say("data_page.steps.checked")):
            return waiting.rehearsed(lambda step, _: _say(place, step))
    except TendError as error:
        why = error.message(address.choice().language)
        st.warning(format.plain(words.say("intake.compare_later", why=why)))
        return None
    finally:
        place.empty()


def _say(place: DeltaGenerator, step: str) -> None:
    place.info(words.say(f"data_page.steps.{step}"))


def _lead(ready: list[Waiting], found: Rehearsal | None) -> None:
    """Say what the files lead to and what would go in; not of what is in already."""
    fresh = [one for one in ready if waiting.same(one) is None]
    if not fresh:
        html.show(html.p(words.say("intake.all_in" if ready else "intake.nothing"), css="tend-sum"))
        return
    if found and found.to_come:
        html.show(html.p(conversation.to_come(found.to_come), css="tend-sum"))
    now = conversation.now(found.now) if found else []
    pieces.note(format.sentences([*now, _going_in(fresh)], address.choice().language))
    if found and found.twins:
        html.show(html.p(conversation.twins(found.twins)))


def _going_in(fresh: list[Waiting]) -> str:
    rows: dict[str, int] = {}
    for sheet in (sheet for one in fresh for sheet in one.datasets):
        rows[str(sheet.dataset)] = rows.get(str(sheet.dataset), 0) + sheet.accepted
    told = [
        words.say("intake.rows_of", rows=format.count(n), dataset=words.say(f"datasets.{name}"))
        for name, n in rows.items()
    ]
    rejected = sum(sheet.rejected for one in fresh for sheet in one.datasets)
    key = "summary_rejected" if rejected else "summary"
    what = format.listed(told, address.choice().language)
    return words.say(f"intake.{key}", what=what, rejected=format.count(rejected))


def _is_all_again(ready: list[Waiting]) -> bool:
    return bool(ready) and all(map(waiting.is_other_reading, ready))


def _file(one: Waiting, found: Preview | None, reread: Reread) -> None:
    html.show(html.h2(one.name))
    _notices(one)
    if not one.result.sheets:
        return
    numbered = [one for one in enumerate(one.result.sheets, start=1) if one[1].headers]
    read = [(n, s) for n, s in numbered if s.dataset and s.name not in one.left_out]
    for number, sheet in read[:_SHEETS_SHOWN]:
        foreseen = found.warnings.get(number) if found else None
        _talk(one, sheet, f"{one.key}_{number}", foreseen, reread)
    details.choices(one, reread, is_unsure=True)
    is_open = not one.is_ready or any(map(details.is_to_be_chosen, (s for _, s in read)))
    with st.expander(words.say("intake.details"), expanded=is_open, key=f"details_{one.key}"):
        details.show(one, numbered[:_SHEETS_SHOWN], found, reread)
        if (more := len(numbered) - _SHEETS_SHOWN) > 0:
            pieces.note(words.say("intake.more_sheets", count=more))


def _notices(one: Waiting) -> None:
    """Say what the reader has to know of the whole file."""
    language = address.choice().language
    if one.has_moved:
        st.warning(words.say("intake.moved"))
    if one.refusal is not None and one.result.error is None:
        st.warning(format.plain(words.say("intake.refused", why=one.refusal.message(language))))
    if one.result.error is not None:
        st.error(format.plain(one.result.error.message(language)))
    if one.is_ready and waiting.same(one) is not None:
        st.info(words.say("intake.same"))
    if one.is_ready and waiting.is_other_reading(one):
        st.info(words.say("intake.same_mapped"))


def _talk(
    one: Waiting, sheet: SheetResult, key: str, foreseen: Problems | None, reread: Reread
) -> None:
    """Say what is needed and missing, ask what is open, what is refused and why; show rows."""
    if sum(1 for other in one.result.sheets if other.headers) > 1:
        html.show(html.h3(sheet.name))
    if lacking := mapping.missing(sheet):
        said = format.listed(lacking, address.choice().language)
        st.warning(format.plain(words.say("intake.missing", columns=said)))
    conversation.questions(one, sheet, key, reread)
    sheets.rejections(sheet)
    conversation.rows(sheet)
    warned = [problems.of_severity(sheet.problems, "warning"), *([foreseen] if foreseen else [])]
    sheets.warnings(key, problems.together(warned))
