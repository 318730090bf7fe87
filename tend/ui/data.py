"""What pages read: the open workspace, and answers of named queries until the data change."""

import gc
import threading
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import pyarrow as pa
import streamlit as st

from tend import queries
from tend.cells import Cell
from tend.store.workspace import Workspace, open_workspace, workspace_path
from tend.ui import words
from tend.view import DIMENSIONS, View, month_end

# Tables are immutable and small (the answers of metrics), so all readers share them.
_ANSWERS_KEPT = 4096
_NEWEST_MAY_BE = timedelta(days=45)
Item = tuple[str, object]
_frozen = threading.Event()
_at_hand: dict[str, Workspace] = {}


def workspace() -> Workspace:
    """Give the workspace of this server. Raises TendError when it cannot be opened."""
    path = str(workspace_path(None).absolute())
    # Streamlit's cache holds the workspace and its lock; a page asks for it some twenty times.
    return _at_hand.get(path) or _at_hand.setdefault(path, _open(path))


@st.cache_resource(show_spinner=False)
def _open(path: str) -> Workspace:
    return open_workspace(Path(path))


def ask(name: str, view: View, **extra: object) -> pa.Table:
    """Run a named query, or give the answer it had for the same data and view."""
    ws = workspace()
    return _answer(str(ws.path), ws.version, name, view, tuple(sorted(extra.items())))


@lru_cache(_ANSWERS_KEPT)
def _answer(path: str, version: int, name: str, view: View, extra: tuple[Item, ...]) -> pa.Table:
    del version  # part of the key only: another version, another answer
    given = {key: list(value) if isinstance(value, tuple) else value for key, value in extra}
    return queries.run(_open(path), name, view, **given)


def cell_table(cell: Cell, view: View, language: str) -> pa.Table:
    """Give the table a cell shows: the query's answer, its codes in the reader's language."""
    ws = workspace()
    return _cell_table(str(ws.path), ws.version, cell, view, language)


def cell_codes(cell: Cell, view: View) -> pa.Table:
    """Give the same table, row by row, with the codes as they are."""
    ws = workspace()
    return _cell_codes(str(ws.path), ws.version, cell, view)


@lru_cache(_ANSWERS_KEPT)
def _cell_table(path: str, version: int, cell: Cell, view: View, language: str) -> pa.Table:
    return words.worded(_cell_codes(path, version, cell, view), language)


@lru_cache(_ANSWERS_KEPT)
def _cell_codes(path: str, version: int, cell: Cell, view: View) -> pa.Table:
    table: pa.Table = _answer(path, version, cell.query, cell.ask(view), cell.given)
    if cell.with_total:
        total = _answer(path, version, cell.query, cell.ask(view).grouped(None), ())
        flags = [False] * len(table) + [True] * len(total)
        table = pa.concat_tables([table, total]).append_column(
            "is_total", pa.array(flags, pa.bool_())
        )
    return table


def freshness() -> Mapping[str, dict[str, object]]:
    """Give rows, customers and newest day of each data set that has rows."""
    rows = ask("freshness", View(date.min)).to_pylist()
    return {str(row["dataset"]): row for row in rows if row["rows"]}


def newest_signal() -> date | None:
    """Give the newest day of usage or touches, which outcome goes by."""
    found = freshness()
    days = [found[name]["latest"] for name in ("usage", "touches") if name in found]
    return max((day for day in days if isinstance(day, date)), default=None)


def offered_as_of() -> date | None:
    """Give the newest fact's month end where it is over 45 days older than today (A9).

    A contract that begins after today says nothing of how fresh the data are.
    """
    today = date.today()
    days = [row["latest"] for row in freshness().values() if isinstance(row["latest"], date)]
    newest = max((day for day in days if day <= today), default=None)
    if newest is None or today - newest <= _NEWEST_MAY_BE:
        return None
    return month_end(newest)


def dimensions() -> tuple[str, ...]:
    """Give the dimensions of the workspace, extra customer columns last."""
    ws = workspace()
    return _dimensions(str(ws.path), ws.version)


@lru_cache(16)
def _dimensions(path: str, version: int) -> tuple[str, ...]:
    del version
    return queries.dimensions(_open(path))


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
        workspace().close()
    finally:
        _at_hand.clear()
        _open.clear()
        _answer.cache_clear()
        _cell_table.cache_clear()
        _cell_codes.cache_clear()
