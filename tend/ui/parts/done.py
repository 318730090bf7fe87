"""What a reader did, or why it was refused: said in one toast on any page, and taken back there.

A form that says it itself, as dialogs do, takes the word away before the toast is drawn.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from tend.language import format
from tend.language.errors import TendError
from tend.store.facts import imports
from tend.ui.parts import words
from tend.ui.state import data, lists

_DONE = "tend.done"
_MOST = 3  # the toast never hides the page: older ones stay in the history
_UNDO = "u"


@dataclass(frozen=True)
class _Word:
    """What is said of one place, what takes it back, and the page on which it was read."""

    said: words.Said
    is_done: bool
    back: object = None
    page: str | None = None


def do(
    place: str, said: words.Said, act: Callable[..., object], *given: object, **more: object
) -> bool:
    """Do it in the workspace, in the reader's name, keep the word on it; tell whether it is done.

    The act gets what its reader saw: where somebody else was faster, it refuses. Where it gives the
    number of an entry, or what takes it back, it can be taken back.
    """
    try:
        entry = act(data.workspace(), *given, **more)
    except TendError as error:
        refuse(place, error)
        return False
    _keep(place, _Word(said, is_done=True, back=entry))
    return True


def keep(place: str, said: words.Said, back: object = None) -> None:
    """Keep the word on what was done otherwise, and what takes it back."""
    _keep(place, _Word(said, is_done=True, back=back))


def offer(place: str, said: words.Said, back: Callable[..., object]) -> None:
    """Keep the word on what was done otherwise, and what takes it back."""
    _keep(place, _Word(said, is_done=True, back=back))


def refuse(place: str, error: TendError) -> None:
    """Keep why something was refused."""
    _keep(place, _Word(words.refusal(error), is_done=False))


def waits(place: str) -> bool:
    """Tell whether there is something to be said at a place."""
    return place in _words()


def say(place: str) -> None:
    """Say it at the place itself, once; names in it are data."""
    if waits(place):
        _say(_words()[place])
        clear(place)


def toast() -> None:
    """Say all that was done and is not read, the newest first, each with the way back."""
    page, found = lists.here(), _words()
    for place, word in tuple(found.items()):
        if word.page not in (None, page):
            clear(place)  # it was read on the page that was left
        else:
            found[place] = replace(word, page=page)
    for place in tuple(found)[:-_MOST]:
        clear(place)
    if not found:
        return
    with st.container(key="toast", gap="small"):
        for number, (place, word) in enumerate(reversed(tuple(found.items()))):
            _line(place, word, is_newest=not number)


def clear(place: str) -> None:
    """Say no more about what was done at a place."""
    _words().pop(place, None)


def _line(place: str, word: _Word, *, is_newest: bool) -> None:
    with st.container(key=f"done_{place}", horizontal=True, vertical_alignment="center"):
        _say(word)
        if word.back is not None:
            # a click on what stood here a moment ago takes back nothing else
            what = word.back if isinstance(word.back, int) else ""
            st.button(
                words.say("service.undo"),
                key=f"undo_{place}_{what}",
                on_click=_take_back,
                args=(place, word.back),
                shortcut=_UNDO if is_newest else None,
            )
        if is_newest:
            st.button(words.say("service.read"), key="read", on_click=_words().clear)


def _words() -> dict[str, _Word]:
    found: dict[str, _Word] = st.session_state.setdefault(_DONE, {})
    return found


def _keep(place: str, word: _Word) -> None:
    """The newest comes last; a place says only the last that was done there."""
    clear(place)
    _words()[place] = word


def _say(word: _Word) -> None:
    (st.success if word.is_done else st.error)(format.plain(word.said()))


def _take_back(place: str, entry: int | Callable[..., object]) -> None:
    back = entry if callable(entry) else partial(imports.undo, import_id=entry)
    try:
        back(data.workspace())
    except TendError as error:
        refuse(place, error)
    else:
        keep(place, lambda: words.say("service.undone"))
