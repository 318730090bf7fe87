"""Keep a draft or drop it; where somebody was faster, nothing is lost."""

import streamlit as st

from tend.acts import definitions
from tend.language import format
from tend.language.errors import TendError
from tend.settings import draft as drafts
from tend.settings.company import Settings
from tend.ui.parts import done, html, reader, words
from tend.ui.settings import definition_state as state
from tend.ui.settings import definition_words as said
from tend.ui.settings import trial
from tend.ui.settings.definition import current_faults
from tend.ui.settings.definition_state import Editing
from tend.ui.state import address, alone, data, rights
from tend.view import View

_WORK = "definition"


def definition_decide(view: View) -> None:
    """While something is changed: say what, show what would come of it, keep it or drop it."""
    if data.wait_for(_WORK):
        st.rerun()
    now = state.editing()
    if not now.is_changed or not rights.may("settings"):
        return
    faults = current_faults(now, view)
    with st.container(key="decide_definition"):
        if now.is_outdated:
            _outdated(now)
            return
        found = drafts.changes(now.base, now.draft)
        told_so = said.changes(found)
        note = words.say(f"settings.keep.{('faulty' if faults else 'pending')}")
        html.show(html.p(told_so, html.small(note), css="tend-pending"))
        place = st.empty()
        with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
            is_asked = st.button(words.say("settings.try.ask"), key="try", disabled=bool(faults))
            is_kept = st.button(
                words.say("settings.keep.do"), key="keep", type="primary", disabled=bool(faults)
            )
            st.button(words.say("settings.keep.drop"), key="drop", type="tertiary", on_click=_drop)
            reader.ask("definition")
        if is_kept:
            with place.container():
                keep(now.draft)
    if is_asked:
        _try(view)


def keep(wanted: Settings) -> None:
    """Keep a definition, with word on how far it is; all months are made anew by it."""
    bar = st.progress(0.0, words.say("settings.keep.health"))

    def tell(step: str, part: float) -> None:
        key = "waiting" if step == "waiting" else "health"
        bar.progress(min(part, 1.0), words.say(f"settings.keep.{key}"))

    def work() -> None:
        base = data.workspace().settings
        settings = drafts.onto(base, wanted)
        back = definitions.keep(data.workspace(), settings, base, progress=tell)
        state.begin()
        done.keep("definition", lambda: words.say("settings.keep.kept"), back)

    try:
        data.to_its_end(_WORK, work)
    except TendError as error:
        bar.empty()
        st.error(format.plain(error.message(address.choice().language)))
        return
    st.rerun()


def _try(view: View) -> None:
    """Show in a sheet of its own what would change."""

    def sheet() -> None:
        now = state.editing()
        trial.show(now.draft, view.as_of)
        with st.container(horizontal=True, gap="small"):
            is_kept = st.button(words.say("settings.keep.do"), key="keep_tried", type="primary")
            if st.button(words.say("settings.try.back"), key="try_back"):
                st.rerun()
        if is_kept:
            if now.is_outdated:  # the page says so, and offers what can be done
                st.rerun()
            keep(now.draft)

    alone.dialog(words.say("settings.try.title"), sheet, width="large")()


def _outdated(now: Editing) -> None:
    """Somebody was faster: say who and what, and lose nothing."""
    health = set(drafts.KEYS)
    newest = next(one for one in data.workspace().versions() if health.intersection(one.keys))
    who = newest.changed_by
    by = words.say("settings.versions.by", who=who) if who else ""
    language = address.choice().language
    theirs = drafts.changes(now.base, data.workspace().settings)
    what = words.say(
        "settings.keep.outdated",
        by=by,
        when=format.moment(newest.changed_at, language),
        theirs=said.changes(theirs),
        mine=said.changes(drafts.changes(now.base, now.draft)),
    )
    st.warning(format.plain(what))
    with st.container(horizontal=True, gap="small"):
        st.button(words.say("settings.keep.rebase"), key="rebase", type="primary", on_click=_rebase)
        st.button(words.say("settings.keep.load"), key="load", on_click=_drop)


def _drop() -> None:
    state.begin()


def _rebase() -> None:
    state.rebase()
