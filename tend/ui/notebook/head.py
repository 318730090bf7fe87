"""The head of a notebook: what it is called, who keeps it, and what is done with all of it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from tend.acts import notebooks
from tend.acts.notebooks import Kept
from tend.language import format
from tend.notebook import text
from tend.notebook.cells import Notebook
from tend.ui.notebook import drafts, edits, runs, stopping
from tend.ui.notebook.drafts import Draft
from tend.ui.parts import done, download, html, pieces, words
from tend.ui.state import address, data, going, printing, rights
from tend.ui.state.book import Book

_PLACE = edits.PLACE
_NAME = "nb_name"


def show() -> None:
    """Show the head."""
    draft = drafts.current()
    assert draft is not None
    book = drafts.book()
    with st.container(key="nb_head", gap="small"):
        if book.is_edited:
            _name(draft)
        else:
            html.show(html.h1(format.clipped(draft.notebook.name)))
        pieces.note(_state(draft))
        with st.container(
            key="nb_tools", horizontal=True, vertical_alignment="center", gap="small"
        ):
            _tools(draft, book)


def _name(draft: Draft) -> None:
    key = f"{_NAME}_{drafts.book().place}"
    st.session_state[key] = draft.notebook.name
    # a name has one line; where there is little room it is broken, not cut
    field = partial(st.text_area, height="content") if printing.is_narrow() else st.text_input
    with st.container(key="nb_named"):
        field(
            words.say("notebook.name"),
            key=key,
            placeholder=words.say("notebook.name"),
            label_visibility="collapsed",
            max_chars=120,
            on_change=lambda: _rename(st.session_state[key]),
        )


def _rename(name: str) -> None:
    drafts.change(lambda notebook: replace(notebook, name=" ".join(name.split())))


def _state(draft: Draft) -> html.Html:
    """Say whether it is kept, by whom and since when, and whether something is not."""
    parts: list[str] = []
    if draft.base is None:
        parts.append(words.say("notebook.not_kept"))
    elif draft.is_changed:
        parts.append(words.say("notebook.changes_not_kept"))
    if drafts.book().is_edited and not _may_keep(draft):
        parts.append(_why_not())
    if draft.base is not None and draft.base.is_shipped:
        parts.append(words.say("notebook.shipped"))
    elif draft.base is not None:
        parts.append(_kept_by(draft.base))
        if draft.base.is_pinned:
            parts.append(words.say("notebook.pinned"))
    return html.join(" · ", parts)


def _why_not() -> str:
    if rights.goes_to_writer("edit"):
        return words.say("reading.asks")
    return words.say("rights.copy" if rights.may("edit") else "rights.asks")


def _kept_by(kept: Kept) -> str:
    versions = notebooks.versions(data.workspace(), kept.notebook.id)
    newest, language = versions[0], address.choice().language
    who = format.clipped(newest.who) or words.say("notebook.somebody")
    day = format.day(newest.at.date(), language)
    return words.say("notebook.kept_by", who=who, day=day, versions=format.count(len(versions)))


def _tools(draft: Draft, book: Book) -> None:
    stopping.offer()
    if book.is_edited:
        if _may_keep(draft):
            st.button(words.say("notebook.keep"), key="nb_keep", on_click=_keep)
        st.button(words.say("notebook.run_all"), key="nb_run_all", on_click=runs.run_all)
        st.button(
            words.say("notebook.run_changed"), key="nb_run_changed", on_click=runs.run_changed
        )
        said = words.say("notebook.read")
    else:
        said = words.say("notebook.edit")
    st.button(said, key="nb_turn", on_click=_turn)
    popover = st.popover(words.say("notebook.share"), key="nb_share", on_change="rerun")
    if popover.open:
        with popover:
            _share(draft.notebook)
    popover = st.popover(words.say("notebook.more"), key="nb_more", on_change="rerun")
    if popover.open:
        with popover, st.container(key="nb_all"):
            _all(draft)


def _may_keep(draft: Draft) -> bool:
    """Tell whether the reader may keep a version: of a new one, of their own, or of all."""
    kept = draft.base
    return rights.may_enter("notebooks", {"notebook_id": kept.notebook.id if kept else ""})


def _turn() -> None:
    """Turn from reading to editing, and back; a pinned page is edited on the page of notebooks."""
    book = drafts.book()
    address.change(replace(address.choice(), book=replace(book, is_edited=not book.is_edited)))
    going.to("notebook")


def _keep() -> None:
    draft = drafts.current()
    if draft is None:
        return
    _kept(draft.notebook, draft)


def _keep_own() -> None:
    """Keep what is there as a notebook of its own."""
    draft = drafts.current()
    if draft is not None:
        name = words.say("notebook.copy_of", name=draft.notebook.name)
        _kept(notebooks.copy_of(draft.notebook, name), Draft(draft.notebook))


def _kept(wanted: Notebook, draft: Draft) -> None:
    notebook = wanted if wanted.id else replace(wanted, id=notebooks.new_id(wanted.name))
    seen = draft.base.version if draft.base else 0
    said = _said("kept", notebook.name)
    before = drafts.book()
    if not done.do(_PLACE, said, notebooks.keep, notebook, seen=seen):
        return
    drafts.forget(before.place)
    kept = notebooks.find(data.workspace(), notebook.id, address.choice().language)
    drafts.put(notebook.id, Draft(kept.notebook, kept))
    runs.carry(before.place, notebook.id)
    drafts.look(replace(before, notebook=notebook.id, figure="", turn="", given=""))


def _share(notebook: Notebook) -> None:
    """Show the link that leads to what is looked at, parameters and all: to be read."""
    draft = drafts.current()
    if draft is not None and draft.is_changed and not drafts.is_as_opened(draft):
        pieces.note(words.say(f"notebook.{'share_kept' if draft.base else 'share_unsaved'}"))
    choice = address.choice()
    shared = replace(choice, book=replace(choice.book, is_edited=False))
    link = going.here("notebook", address.written(shared))
    pieces.note(words.say("notebook.link"))
    st.code(link, language=None, wrap_lines=True)
    download.button(
        words.say("notebook.as_sql"),
        lambda: text.write(notebook).encode(),
        name=f"{notebook.name or 'notebook'}{text.SUFFIX}",
        mime="text/plain",
        key="nb_as_sql",
    )


def _all(draft: Draft) -> None:
    kept = draft.base
    with st.container(horizontal=True, gap="small"):
        if rights.may("edit"):
            _act("duplicate", _keep_own)
        if draft.is_changed and kept is not None:
            _act("let_go", _let_go)
        if kept is not None and _may_keep(draft):
            _act("unpin" if kept.is_pinned else "pin", lambda: _pin(kept))
            _act("delete_all", lambda: _delete(kept))
    if kept is not None and not kept.is_shipped:
        _versions(kept)


def _act(what: str, act: Callable[[], None]) -> None:
    st.button(words.say(f"notebook.{what}"), key=f"nb_{what}", on_click=act)


def _pin(kept: Kept) -> None:
    what = "unpinned" if kept.is_pinned else "now_pinned"
    done.do(_PLACE, _said(what, kept.notebook.name), notebooks.pin, kept)


def _delete(kept: Kept) -> None:
    if done.do(_PLACE, _said("deleted", kept.notebook.name), notebooks.delete, kept):
        drafts.forget(kept.notebook.id)
        drafts.look(Book())
        going.to("notebook")


def _let_go() -> None:
    """Let go of what is not kept; a word brings it back."""
    place, draft = drafts.book().place, drafts.current()
    drafts.forget(place)

    def back(*_workspace: object, **_reader: object) -> None:
        if draft is not None:
            drafts.put(place, draft)

    done.offer(_PLACE, lambda: words.say("notebook.let_gone"), back)


def _versions(kept: Kept) -> None:
    """List the versions; each can be looked at again, and kept as the newest."""
    html.show(html.h3(words.say("notebook.versions")))
    language = address.choice().language
    for version in notebooks.versions(data.workspace(), kept.notebook.id):
        with st.container(key=f"nb_version_{version.number}", horizontal=True, gap="small"):
            who = format.clipped(version.who) or words.say("notebook.somebody")
            day = f"{format.day(version.at.date(), language)} {version.at:%H:%M}"
            html.show(html.span(f"{day} · {who}"), width="stretch")
            if version.number != kept.version:
                st.button(
                    words.say("notebook.look_again"),
                    key=f"nb_again_{version.number}",
                    type="tertiary",
                    on_click=_again,
                    args=(version.notebook, kept),
                )


def _again(notebook: Notebook, kept: Kept) -> None:
    """Take an earlier version up as a change that is not kept."""
    drafts.put(kept.notebook.id, Draft(notebook, kept))


def _said(what: str, name: str) -> words.Said:
    return lambda: words.say(f"notebook.told.{what}", name=format.clipped(name))
