"""What pages read: the open workspace, and answers of named queries until the data change."""

import gc
import threading
from collections.abc import Callable, Hashable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

import pyarrow as pa
import streamlit as st

from tend.figures.figure import Figure
from tend.queries import answers, asking
from tend.queries.answers import Answers
from tend.store.database import heap
from tend.store.watched.desk import Desk
from tend.store.workspace import Workspace, open_workspace, workspace_path
from tend.view import DIMENSIONS, View

# Tables are immutable, so all readers share them; those of a day at the sample company take 5 MB.
_answers = Answers(most_bytes=64 << 20)
Value = TypeVar("Value")
_frozen = threading.Event()
_at_hand: dict[str, Workspace] = {}
_desks: list[Desk] = []


def workspace() -> Workspace:
    """Give the workspace of this server. Raises TendError when it cannot be opened."""
    path = str(workspace_path(None).absolute())
    # Streamlit's cache holds the workspace and its lock; a page asks for it some twenty times.
    return _at_hand.get(path) or _at_hand.setdefault(path, _open(path))


@st.cache_resource(show_spinner=False)
def _open(path: str) -> Workspace:
    heap.bound()
    opened = open_workspace(Path(path))
    _desks.append(Desk(opened))  # a server takes in what comes by the watched folder
    return opened


def ask(name: str, view: View, **extra: object) -> pa.Table:
    """Run a named query, or give the answer it had, where nothing it reads has changed since."""
    given = {
        key: list(value) if isinstance(value, tuple) else value for key, value in extra.items()
    }
    asked = (name, view, tuple(sorted(extra.items())))
    run = partial(asking.run, workspace(), name, view, **given)
    return _kept(asked, asking.words(name), run)


def once(*key: Hashable, make: Callable[[], Value]) -> Value:
    """Give what was made for the same key and the same data, else make it."""
    return _kept(key, answers.ALL, make)


def forever(*key: Hashable, make: Callable[[], Value]) -> Value:
    """Give what was made for the same key, whatever else has changed, else make it."""
    return _kept(key, frozenset(), make)


def made_of(name: str, view: View, make: Callable[[pa.Table], Value]) -> Value:
    """Give what was made of a query's answer, else make it; kept as long as the answer would be."""
    key = ("made", name, view)
    run = partial(asking.run, workspace(), name, view)
    return _kept(key, asking.words(name), lambda: make(run()))


def while_stands(*key: Hashable, reads: frozenset[str], make: Callable[[], Value]) -> Value:
    """Give what was made for the same key, else make it; kept until a table it reads changes."""
    return _kept(key, reads, make)


def _kept(key: Hashable, reads: frozenset[str] | None, make: Callable[[], Value]) -> Value:
    ws = workspace()
    return _answers.get((str(ws.path), key), reads, ws.snapshots.marks(ws), make)


def answer(figure: Figure, view: View) -> pa.Table:
    """Give the rows of a figure, in codes: the query's answer, and the total where it has one."""
    asked = figure.ask(view)
    table = ask(figure.query, asked, **dict(figure.given))
    if not figure.with_total:
        return table
    total = ask(figure.query, asked.grouped(None))
    flags = pa.array([False] * len(table) + [True] * len(total), pa.bool_())
    return pa.concat_tables([table, total]).append_column("is_total", flags)


def freshness() -> Mapping[str, dict[str, object]]:
    """Give rows, customers and newest day of each data set that has rows."""
    rows = ask("freshness", View(date.min)).to_pylist()
    return {str(row["dataset"]): row for row in rows if row["rows"]}


def newest_signal() -> date | None:
    """Give the newest day of usage or touches, which outcome goes by."""
    found = freshness()
    days = [found[name]["latest"] for name in ("usage", "touches") if name in found]
    return max((day for day in days if isinstance(day, date)), default=None)


def dimensions() -> tuple[str, ...]:
    """Give the dimensions of the workspace, extra customer columns last."""
    return once("dimensions", make=lambda: asking.dimensions(workspace()))


def options(view: View) -> Mapping[str, list[tuple[str, int]]]:
    """Give each filter's values with their customers; only filters that have values at all."""
    plain = View(view.as_of, filters=view.filters)
    rows = ask("filter_options", plain, dimensions=dimensions()).to_pylist()
    found: dict[str, list[tuple[str, int]]] = {name: [] for name in dimensions()}
    for row in rows:
        found[row["dimension"]].append((row["value"], row["customers"]))
    return {
        name: values for name, values in found.items() if any(v != "unknown" for v, _ in values)
    }


def splits(view: View) -> list[str]:
    """Give the dimensions a figure can be split by: those with more than one value or any name."""
    offered = options(View(view.as_of))
    return [name for name in (*DIMENSIONS, *dimensions()) if name in offered] or ["contract_type"]


def settle() -> None:
    """Once, after the first full page: keep what lives on out of the garbage collector's way."""
    if not _frozen.is_set():
        _frozen.set()
        gc.collect()
        gc.freeze()


def close() -> None:
    """Let go of the workspace and of all answers, for the end of a server or a test."""
    try:
        opened = workspace()
        while _desks:
            _desks.pop().close()
        opened.close()
    finally:
        _at_hand.clear()
        _open.clear()
        _answers.clear()
