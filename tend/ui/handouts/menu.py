"""The menu at the top of every page: files of what is looked at, for those who have no app."""

from collections.abc import Sequence

import streamlit as st

from tend.language import format
from tend.language.errors import TendError
from tend.ui.handouts import kinds, writer
from tend.ui.handouts.kinds import Asked, Kind
from tend.ui.handouts.writer import Job
from tend.ui.parts import done, download, pieces, words
from tend.ui.state import address, alone, data, rights

_JOB = "tend.handout"
_LOOK_SECONDS = 1.0
_WHOLE, _THIS = "whole", "this"


def menu(page: str) -> None:
    """Offer the files that a page can be handed round as."""
    offered = kinds.offered(page)
    if not offered or not rights.may("export"):
        return
    label = words.say("handing.menu")
    popover = st.popover(label, key=f"handing_{page}", type="tertiary", on_change="rerun")
    if popover.open:
        with popover, st.container(key="handing"):
            _offer(page, offered)


@alone.part()
def _offer(page: str, offered: Sequence[Kind]) -> None:
    """Offer them; what is chosen, and how far one is, redraws nothing but the menu."""
    pieces.note(words.say("handing.what"))
    is_named = True
    if any(kind.can_hide_names for kind in offered):
        is_named = not st.toggle(words.say("handing.no_names"), key="handing_no_names")
    if not is_named:
        pieces.note(words.say("handing.no_names_what"))
    for kind in offered:
        is_whole = kind.has_pages and _choose_pages() == _WHOLE
        _one(kind, Asked(page, address.choice(), is_whole, is_named))


def _choose_pages() -> str:
    names = {name: words.say(f"handing.{name}") for name in (_THIS, _WHOLE)}
    chosen = st.segmented_control(
        words.say("handing.pages"),
        list(names),
        default=_THIS,
        key="handing_pages",
        required=True,
        format_func=names.__getitem__,
        label_visibility="collapsed",
    )
    return str(chosen)


def _one(kind: Kind, asked: Asked) -> None:
    """Offer a file; once it is asked for, say how far it is, and hand it over."""
    wanted, job = kind.words(asked), _job()
    st.button(
        words.say(f"handing.kinds.{kind.name}"),
        key=f"handing_{kind.name}",
        on_click=_start,
        args=(kind, wanted),
        # who wants no names gets no file that has them
        disabled=_is_writing(job) or not (asked.is_named or kind.can_hide_names),
    )
    pieces.note(words.say(f"handing.about.{kind.name}"))
    if job and (job.kind, job.asked) == (kind.name, wanted):
        _progress(kind, job)


def _job() -> Job | None:
    """Give the file that is on its way; what was written for another person is not offered."""
    job: Job | None = st.session_state.get(_JOB)
    return job if job and job.person == rights.person() else None


def _is_writing(job: Job | None) -> bool:
    return job is not None and job.outcome is None


def _start(kind: Kind, wanted: Sequence[str]) -> None:
    ws = data.workspace()
    try:
        with ws.refusals():
            job = writer.start(ws.person, kind.name, kind.file, ws.path, wanted)
    except TendError as error:
        done.refuse(_JOB, error)
    else:
        st.session_state[_JOB] = job


def _progress(kind: Kind, job: Job) -> None:
    if job.outcome is None:
        alone.part(run_every=_LOOK_SECONDS)(_waiting)(job)
    elif job.outcome.is_late:
        st.error(words.say("handing.late", minutes=format.count(writer.LIMIT_SECONDS / 60)))
    elif job.outcome.why:
        st.error(format.plain(words.say("handing.failed", why=job.outcome.why)))
    else:
        pieces.note(job.outcome.said)
        label, key = words.say("handing.take", file=kind.file), f"handing_take_{kind.name}"
        take = job.file.read_bytes
        download.button(label, take, name=kind.file, mime=kind.mime, key=key, kind="primary")


def _waiting(job: Job) -> None:
    """Say how long it has taken, until it is there."""
    if job.outcome is None:
        pieces.note(words.say("handing.waiting", seconds=format.count(job.seconds)))
    else:
        st.rerun()
