"""SQL of anybody's own, answered: by a child with limits, never on the app's connection.

The child parses the statement and names what it reads; the server hands it files of these tables as
of the view's day, and the values of the parameters; the answer comes back as a bounded table.
"""

import contextlib
import json
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from tend import tally
from tend.child import processes
from tend.child.turns import Turns
from tend.ingest import temporary
from tend.language.errors import TendError
from tend.queries import asking, library
from tend.queries.door import exchange, tables
from tend.queries.door.cells import OWN
from tend.queries.door.exchange import Asked, Given, Limits, Value
from tend.queries.door.refused import Refused
from tend.settings.company import Settings
from tend.store.database import connection
from tend.store.workspace import Workspace
from tend.view import View

_CHILD = "tend.queries.door.child"
_AT_ONCE = 2
_EVERY = 0.1  # seconds until a stop is heard
MOST_CHARACTERS = 100_000
_NO_TEXT = re.compile("[\0\ud800-\udfff]")
ANSWER_BYTES = 64 * 1024**2
# What a parse takes is no question of settings.
_PARSING = Limits(seconds=10, rows=0, memory_mb=512, answer_bytes=ANSWER_BYTES)
# Days that a header may name; to anybody's own statement other words are a comment.
_SCORED = frozenset({"as_of", "since", "window"})
_turns, _parsing = Turns(_AT_ONCE), Turns(_AT_ONCE)
_stopped: dict[str, threading.Event] = {}


@dataclass(frozen=True)
class Answer:
    """What a statement answers, whether rows were left out, and how long it took."""

    table: pa.Table
    is_cut: bool
    seconds: float


@dataclass(frozen=True)
class Reads:
    """What a statement names: tables (earlier cells among them) and parameters."""

    tables: frozenset[str]
    parameters: frozenset[str]


@dataclass
class _Note:
    """How many rows a question was answered with."""

    rows: int | None = None


@dataclass
class _Clock:
    """The seconds of a question; what the server does meanwhile is not counted."""

    seconds: float
    began: float = field(default_factory=time.monotonic)

    def left(self) -> float:
        """Give the seconds that are left."""
        return self.seconds - (time.monotonic() - self.began)

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Do not count what happens meanwhile."""
        since = time.monotonic()
        yield
        self.began += time.monotonic() - since


def ask(
    workspace: Workspace,
    statement: str,
    view: View,
    *,
    cells: Mapping[str, str] | None = None,
    given: Mapping[str, object] | None = None,
    ticket: str | None = None,
    waiting: Callable[[], None] = lambda: None,
) -> Answer:
    """Answer one SELECT for a view; earlier cells are tables by their names.

    `given` are parameters besides those that are offered. One asker has one question at a time;
    while one waits, `waiting` is called again and again: what it raises ends it. Raises Refused.
    """
    statements = {**(cells or {}), OWN: statement}
    workspace.require("ask")
    who = workspace.person.name or None
    with tally.timed("sql"), _noted(workspace, statement) as note:
        for text in (*statements, *statements.values()):
            if refused := _unreadable(text):
                raise refused
        with _stoppable(ticket) as stopped:
            stop_waiting = partial(_wait, stopped, waiting)
            with _turns.taken(stop_waiting, who):
                limits = _limits(workspace.settings)
                asked = Asked(statements, True, limits, connection.threads())
                lending = partial(lend, workspace, view, statements, given or {})
                clock = _Clock(limits.seconds)
                with _child(asked, clock, stop_waiting, lending) as folder:
                    found = exchange.answer(folder, limits)
                note.rows = found.table.num_rows
                return Answer(found.table, found.is_cut, limits.seconds - clock.left())


@contextlib.contextmanager
def _noted(workspace: Workspace, statement: str) -> Iterator[_Note]:
    """Note who asked what, how long it took and what came of it, before anybody has the answer."""
    began, note, refused = time.monotonic(), _Note(), None
    try:
        yield note
    except TendError as error:
        refused = error.code
        raise
    finally:
        ms = round((time.monotonic() - began) * 1000)
        workspace.note("sql", text=statement, rows=note.rows, refused=refused, ms=ms)


def reads(statement: str) -> Reads:
    """Tell what a statement reads. Raises Refused."""
    found = reads_all({OWN: statement})[OWN]
    if isinstance(found, Refused):
        raise found
    return found


def reads_all(statements: Mapping[str, str]) -> Mapping[str, Reads | Refused]:
    """Tell what each of several statements reads, or why it would be refused.

    A name that is no table of the vocabulary may be one of a cell; whether there is one is found
    when it is asked. A cell that names itself means the table of that name.
    """
    unread = {name: why for name, text in statements.items() if (why := _unreadable(text))}
    readable = {name: text for name, text in statements.items() if name not in unread}
    asked = Asked(readable, False, _PARSING, 1)
    clock = _Clock(_PARSING.seconds)
    with (
        _parsing.taken(lambda: None),
        _child(asked, clock, lambda: None, _lend_nothing) as folder,
    ):
        told = exchange.said(folder)["reads"]
    return {**unread, **{name: _read(one) for name, one in told.items()}}


def _read(told: Mapping[str, Any]) -> Reads | Refused:
    if "refused" in told:
        return exchange.refusal(told["refused"])
    return Reads(frozenset(told["tables"]), frozenset(told["parameters"]))


def stop(ticket: str) -> None:
    """End the question that was asked with this ticket, where it still runs or waits."""
    if (event := _stopped.get(ticket)) is not None:
        event.set()


def offered(workspace: Workspace, view: View) -> Mapping[str, object]:
    """Give the parameters that every statement may ask for, with their values."""
    dimensions = list(asking.dimensions(workspace))
    return {**asking.offered(workspace.settings, view), "dimensions": dimensions}


def _limits(settings: Settings) -> Limits:
    return Limits(settings.door_seconds, settings.door_rows, settings.door_memory_mb, ANSWER_BYTES)


def _unreadable(text: str) -> Refused | None:
    """Tell why no parser is to see a text: too long, or with signs at which C ends one."""
    if len(text) > MOST_CHARACTERS:
        return Refused("door_long", {"most": f"{MOST_CHARACTERS:,}"})
    return Refused("door_signs") if _NO_TEXT.search(text) else None


@contextlib.contextmanager
def _stoppable(ticket: str | None) -> Iterator[threading.Event]:
    event = threading.Event()
    if ticket is not None:
        _stopped[ticket] = event
    try:
        yield event
    finally:
        if ticket is not None and _stopped.get(ticket) is event:
            del _stopped[ticket]


def _wait(stopped: threading.Event, waiting: Callable[[], None]) -> None:
    waiting()
    if stopped.is_set():
        raise Refused("door_stopped")


Lend = Callable[[Mapping[str, list[str]]], contextlib.AbstractContextManager[Given]]


@contextlib.contextmanager
def _child(asked: Asked, clock: _Clock, waiting: Callable[[], None], lend: Lend) -> Iterator[Path]:
    """Have a child do what is asked; give the folder that its answer lies in."""
    with temporary.folder("door") as folder, contextlib.ExitStack() as lent:
        exchange.write_asked(folder, asked)
        with processes.started(_CHILD, folder) as child:
            try:
                for line in processes.words(child, clock.left, _EVERY):
                    waiting()
                    if line:
                        with clock.held():
                            given = lent.enter_context(lend(json.loads(line)))
                            exchange.write_given(folder, given)
                        child.told.close()
            except TimeoutError:
                raise _too_slow(asked.limits) from None
            code = child.ended()
        if code != 0:
            raise _died(code, folder / "errors", asked.limits)
        yield folder


@contextlib.contextmanager
def lend(
    workspace: Workspace,
    view: View,
    statements: Mapping[str, str],
    given: Mapping[str, object],
    named: Mapping[str, list[str]],
) -> Iterator[Given]:
    """Lend what a statement names: files of its tables, and the parameters there are for it.

    A named query says in its header on which days health is scored, and what may be left out.
    """
    heads = [library.header(text.lstrip()) for text in statements.values()]
    scored = {day for head in heads for day in head.scored if day in _SCORED}
    days = asking.scored_days(scored, view, given)
    with tables.of(workspace).lent(workspace, view.as_of, named["tables"], days) as (files, found):
        left_out = {name: None for head in heads for name in head.optional}
        known = {**left_out, **asking.offered(found.settings, view), **given}
        if "dimensions" in named["parameters"] and "dimensions" not in known:
            known["dimensions"] = list(asking.dimensions(workspace))
        values = {name: known[name] for name in named["parameters"] if name in known}
        if not _is_text(list(values.values())):
            raise Refused("door_signs")
        yield Given(files, {name: Value.of(value) for name, value in values.items()})


def _is_text(value: object) -> bool:
    """Tell whether all text in a value is such that a database can hold."""
    if isinstance(value, duckdb.Value):
        return _is_text(value.object)
    if isinstance(value, Mapping):
        return all(_is_text(one) for pair in value.items() for one in pair)
    if isinstance(value, list | tuple):
        return all(map(_is_text, value))
    return not (isinstance(value, str) and _NO_TEXT.search(value))


@contextlib.contextmanager
def _lend_nothing(_named: Mapping[str, list[str]]) -> Iterator[Given]:
    yield Given({}, {})


def _too_slow(limits: Limits) -> Refused:
    return Refused("door_seconds", {"seconds": f"{limits.seconds:g}"})


def _died(code: int, errors: Path, limits: Limits) -> Refused:
    match processes.death(code, errors):
        case "memory":
            return Refused("door_memory", {"mb": limits.memory_mb})
        case "time":
            return _too_slow(limits)
        case "full":
            return Refused("door_room")
    return Refused("door_died")
