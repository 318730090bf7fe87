"""Keep a draft or drop it; the definitions so far, and the way back to each."""

import streamlit as st

from tend.language import format
from tend.language.errors import TendError
from tend.settings import draft as drafts
from tend.settings.company import Settings
from tend.ui.parts import done, html, pieces, reader, words
from tend.ui.settings import definition_state as state
from tend.ui.settings import definition_words as said
from tend.ui.settings import trial, versions
from tend.ui.settings.definition import current_faults
from tend.ui.settings.definition_state import Editing
from tend.ui.state import address, data
from tend.view import View


def definition_decide(view: View) -> None:
    """While something is changed: say what, show what would come of it, keep it or drop it."""
    now = state.editing()
    if not now.is_changed:
        if done.waits("definition"):
            with st.container(key="decide_definition"):
                done.say("definition")
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
                keep(now.draft, "kept")
    if is_asked:
        _try(view)


def definition_versions() -> None:
    """List who changed the definition when, and what; offer the way back to each."""
    found = versions.listed()
    with st.container(key="definition_versions"):
        html.show(html.h2(words.say("settings.versions.title")))
        done.say("definition_versions")
        if len(found) == 1:
            pieces.note(words.say("settings.versions.none"))
            return
        kept = data.workspace().settings
        place = st.empty()
        shown = pieces.shown("versions", versions.AT_FIRST)
        for one in found[:shown]:
            with st.container(
                horizontal=True, vertical_alignment="center", key=f"version_{one.number}"
            ):
                html.show(versions.line(one), width="stretch")
                if drafts.is_same(one.settings, kept):
                    now = words.say("settings.versions.now")
                    pieces.note(now, width="content")
                elif st.button(words.say("settings.versions.back"), key=f"back_{one.number}"):
                    with place.container():
                        keep(one.settings, "reverted")
        pieces.more("versions", len(found), shown, "intake.history.older")


def keep(wanted: Settings, how: str) -> None:
    """Keep a definition, with word on how far it is; all months are made anew by it."""
    bar = st.progress(0.0, words.say("settings.keep.health"))

    def tell(step: str, part: float) -> None:
        key = "waiting" if step == "waiting" else "health"
        bar.progress(min(part, 1.0), words.say(f"settings.keep.{key}"))

    try:
        base = data.workspace().settings
        settings = drafts.onto(base, wanted)
        data.workspace().define(settings, reader.name(), base=base, progress=tell)
    except TendError as error:
        bar.empty()
        st.error(format.plain(error.message(address.choice().language)))
        return
    if how == "kept":
        state.begin()
    place = "definition" if how == "kept" else "definition_versions"
    done.keep(place, lambda: words.say(f"settings.keep.{how}"))
    st.rerun()


def _try(view: View) -> None:
    """Show in a sheet of its own what would change."""

    @st.dialog(words.say("settings.try.title"), width="large")
    def sheet() -> None:
        now = state.editing()
        try:
            trial.show(now.draft, view.as_of)
        except TendError as error:
            st.error(format.plain(error.message(address.choice().language)))
            return
        with st.container(horizontal=True, gap="small"):
            is_kept = st.button(words.say("settings.keep.do"), key="keep_tried", type="primary")
            if st.button(words.say("settings.try.back"), key="try_back"):
                st.rerun()
        if is_kept:
            if now.is_outdated:  # the page says so, and offers what can be done
                st.rerun()
            keep(now.draft, "kept")

    sheet()


def _outdated(now: Editing) -> None:
    """Somebody was faster: say who and what, and lose nothing."""
    newest = versions.listed()[0]
    by = words.say("settings.versions.by", who=newest.who) if newest.who else ""
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
