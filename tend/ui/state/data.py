"""What pages read: the open workspace, and answers of named queries until the data change."""

import contextlib
import gc
import threading
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from concurrent.futures import Future
from contextvars import ContextVar, copy_context
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, TypeVar

import pyarrow as pa
import streamlit as st
from streamlit.runtime.scriptrunner import add_script_run_ctx

from tend.queries import answers, asking
from tend.queries.answers import Answers
from tend.store.derived import scoped
from tend.store.workspace import Workspace
from tend.ui.server import ahead, opened
from tend.ui.state import person
from tend.view import Filters, View

# Tables are immutable, so all readers share them; those of a day at the sample company take 5 MB.
_answers = Answers(most_bytes=64 << 20)
Value = TypeVar("Value")
_frozen = threading.Event()
_beside: dict[Hashable, "Future[Any]"] = {}
_UNDER_WAY = "tend.under_way.{}"
_DRAWN = "tend.page_drawn.{}"
Asked = tuple[str, View, tuple[tuple[str, object], ...]]


class Chosen(tuple[tuple[str, tuple[str, ...]], ...]):
    """Filters as the reader has chosen them, were it none: a view with these follows the choice."""


@dataclass(frozen=True)
class _Drawn:
    """What a page asked when it was drawn last, with which filters, and after which commit."""

    look: Hashable
    filters: Filters
    version: int
    asked: tuple[Asked, ...]


_pages: list[str] = []  # that are being drawn, for all readers
# The workspace as whom this page is drawn for sees it: a page asks for it a hundred times.
_seen: ContextVar[Workspace | None] = ContextVar("tend.drawn_of", default=None)
# What the page that is being drawn has asked so far.
_asking: ContextVar[dict[Asked, None] | None] = ContextVar("tend.asking", default=None)


def workspace() -> Workspace:
    """Give the workspace of this server, as the reader sees it.

    Raises TendError when it cannot be opened.
    """
    if (seen := _seen.get()) is not None:
        return seen
    reader = replace(person.current(), source=person.source())
    return opened.workspace().seen_by(reader)


def ask(name: str, view: View, **extra: object) -> pa.Table:
    """Run a named query, or give the answer it had, where nothing it reads has changed since."""
    asked = (name, view, tuple(sorted(extra.items())))
    if (so_far := _asking.get()) is not None:
        so_far[asked] = None
    return answer(workspace(), asked)


def answer(ws: Workspace, asked: Asked) -> pa.Table:
    """Give the answer that is kept for whoever sees the workspace so, else ask."""
    return _kept(ws, asked, asking.words(asked[0]), _question(ws, asked))


def _question(ws: Workspace, asked: Asked) -> Callable[[], pa.Table]:
    name, view, extra = asked
    given = {key: list(value) if isinstance(value, tuple) else value for key, value in extra}
    return partial(asking.run, ws, name, view, **given)


def _is_new(ws: Workspace, asked: Asked) -> bool:
    """Ask, where no answer is kept and nobody is asking; tell whether that was so."""
    made: list[pa.Table] = []

    def make() -> pa.Table:
        made.append(_question(ws, asked)())
        return made[0]

    _kept(ws, asked, asking.words(asked[0]), make)
    return bool(made)


@contextlib.contextmanager
def drawing(page: str, look: Hashable, filters: Filters) -> Iterator[None]:
    """Ask beside a page, while it is drawn, what it will ask by all that is known of it.

    That is what it asked when it was drawn last, looked at in the same way: what follows the
    filters with those of now, where they are others; after a commit, all of it.
    """
    ws, key, so_far = workspace(), _DRAWN.format(page), dict[Asked, None]()
    last: _Drawn | None = st.session_state.get(key)
    known = _foreseen(last, filters, ws.version) if last and last.look == look else ()
    before, begun = _seen.set(ws), _asking.set(so_far)
    _pages.append(page)
    stop = ahead.begin([partial(_is_new, ws, one) for one in known], len(_pages))
    try:
        yield
        st.session_state[key] = _Drawn(look, filters, ws.version, tuple(so_far))
    finally:
        stop()
        _pages.remove(page)
        _seen.reset(before)
        _asking.reset(begun)


def _foreseen(last: _Drawn, filters: Filters, version: int) -> Iterable[Asked]:
    if last.filters != filters:
        follows = (one for one in last.asked if isinstance(one[1].filters, Chosen))
        return dict.fromkeys(_with(filters, one) for one in follows)
    return last.asked if last.version != version else ()


def is_drawing() -> bool:
    """Tell whether a page is being drawn, for whomever."""
    return bool(_pages)


def _with(filters: Filters, asked: Asked) -> Asked:
    """Give the same question with other filters."""
    name, view, extra = asked
    return name, replace(view, filters=Chosen(filters)), extra


def once(*key: Hashable, make: Callable[[], Value]) -> Value:
    """Give what was made for the same key and the same data, else make it."""
    return _kept(workspace(), key, answers.ALL, make)


def forever(*key: Hashable, make: Callable[[], Value]) -> Value:
    """Give what was made for the same key, whatever else has changed, else make it."""
    return _kept(workspace(), key, frozenset(), make)


def beside(*key: Hashable, make: Callable[[], Value], patience: float) -> Value | None:
    """Give what is made once like `forever`; None where it takes longer than one is to wait.

    It is made beside the pages, and there for whoever asks again: nobody else waits for it.
    """
    ws, fresh = workspace(), Future[Any]()
    key = (ws.person.sees, *key)
    work = _beside.setdefault(key, fresh)
    if work is fresh:
        made = partial(_kept, ws, key, frozenset[str](), make)
        done = person.lending(_work)
        threading.Thread(target=done, args=(work, made), name="tend-beside", daemon=True).start()
    try:
        value: Value = work.result(patience)
    except TimeoutError:
        return None
    finally:
        if work.done():
            _beside.pop(key, None)
    return value


def to_its_end(what: str, do: Callable[[], object]) -> None:
    """Do a work for this session in a thread beside its page, and wait for it.

    In the page's own thread it would break off at the next word it says where the page is left,
    drawn anew, or out of reach for a moment: a file that was dropped would be gone, and a change
    that was asked for not made. What is to be known of its outcome, the work keeps by itself.
    """
    work = st.session_state[_UNDER_WAY.format(what)] = Future[Any]()
    thread = threading.Thread(target=copy_context().run, args=(_work, work, do), daemon=True)
    add_script_run_ctx(thread)
    thread.start()
    work.result()


def wait_for(what: str) -> bool:
    """Wait for a work that an earlier drawing of this page began; tell whether there was one.

    Raises what it raised.
    """
    work: Future[Any] | None = st.session_state.get(_UNDER_WAY.format(what))
    if work is None or work.done():
        return False
    work.result()
    return True


def _work(work: "Future[Any]", make: Callable[[], object]) -> None:
    try:
        work.set_result(make())
    except BaseException as error:  # noqa: BLE001 - whoever waits hears whatever it is
        work.set_exception(error)


def made_of(name: str, view: View, make: Callable[[pa.Table], Value]) -> Value:
    """Give what was made of a query's answer, else make it; kept as long as the answer would be."""
    key = ("made", name, view)
    ws = workspace()
    run = partial(asking.run, ws, name, view)
    return _kept(ws, key, asking.words(name), lambda: make(run()))


def while_stands(*key: Hashable, reads: frozenset[str], make: Callable[[], Value]) -> Value:
    """Give what was made for the same key, else make it; kept until a table it reads changes."""
    return _kept(workspace(), key, reads, make)


def _kept(
    ws: Workspace, key: Hashable, reads: frozenset[str] | None, make: Callable[[], Value]
) -> Value:
    """What one scope sees is no answer for another, nor for itself once customers change hands."""
    scope = ws.person.sees
    more = scoped.reads(scope)
    known = reads | more if reads is not answers.ALL and more else reads
    key = (str(ws.path), ws.line, scope, key)
    return _answers.get(key, known, ws.snapshots.marks(ws), make)


def freshness() -> Mapping[str, dict[str, object]]:
    """Give rows, customers and newest day of each data set that has rows."""
    rows = ask("freshness", View(date.min)).to_pylist()
    return {str(row["dataset"]): row for row in rows if row["rows"]}


def dimensions() -> tuple[str, ...]:
    """Give the dimensions of the workspace, extra customer columns last."""
    return once("dimensions", make=lambda: asking.dimensions(workspace()))


def settle() -> None:
    """Once, after the first full page: keep what lives on out of the garbage collector's way."""
    if not _frozen.is_set():
        _frozen.set()
        gc.collect()
        gc.freeze()


def forget() -> None:
    """Let go of all answers, also of those that never change: what they were made of is gone."""
    _answers.clear()


def close() -> None:
    """Let go of the workspace and of all answers, for the end of a server or a test."""
    ahead.close()
    try:
        opened.close()
    finally:
        _answers.clear()
