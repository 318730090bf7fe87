"""What pages read: the open workspace, and answers of named queries until the data change."""

import gc
import threading
from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import Future
from contextvars import copy_context
from dataclasses import replace
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
from tend.ui.server import opened
from tend.ui.state import person
from tend.view import View

# Tables are immutable, so all readers share them; those of a day at the sample company take 5 MB.
_answers = Answers(most_bytes=64 << 20)
Value = TypeVar("Value")
_frozen = threading.Event()
_beside: dict[Hashable, "Future[Any]"] = {}
_UNDER_WAY = "tend.under_way.{}"


def workspace() -> Workspace:
    """Give the workspace of this server, as the reader sees it.

    Raises TendError when it cannot be opened.
    """
    return opened.workspace().seen_by(replace(person.current(), source=person.source()))


def ask(name: str, view: View, **extra: object) -> pa.Table:
    """Run a named query, or give the answer it had, where nothing it reads has changed since."""
    given = {
        key: list(value) if isinstance(value, tuple) else value for key, value in extra.items()
    }
    asked = (name, view, tuple(sorted(extra.items())))
    ws = workspace()
    run = partial(asking.run, ws, name, view, **given)
    return _kept(ws, asked, asking.words(name), run)


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
    known = reads if reads is answers.ALL else reads | scoped.reads(scope)
    return _answers.get((str(ws.path), ws.line, scope, key), known, ws.snapshots.marks(ws), make)


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
    try:
        opened.close()
    finally:
        _answers.clear()
