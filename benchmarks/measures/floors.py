"""Floors: the least that each kind of work takes, by the bare library."""

import time
from collections.abc import Callable, Iterable
from pathlib import Path

import duckdb
from pyarrow import csv

from benchmarks.measures.costs import Floor
from tend.store.workspace import Workspace

WARM_UP = 1


def seconds(work: Callable[[], object]) -> float:
    """Give the seconds of one piece of work."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def times(work: Callable[[], object], runs: int) -> list[float]:
    """Do it so often after a warm-up; give the seconds of each."""
    return [seconds(work) for _ in range(WARM_UP + runs)][WARM_UP:]


def bare_read(files: Iterable[Path], runs: int) -> Floor:
    """Read CSV files into memory."""
    return Floor("bare_read", times(lambda: [csv.read_csv(path) for path in files], runs))


def bare_insert(folder: Path, rows: int, runs: int) -> Floor:
    """Write rows to a database of their own, and commit."""
    path = folder / f"bare-{rows}.duckdb"
    path.unlink(missing_ok=True)
    with duckdb.connect(path) as opened:
        opened.execute("create table bare (customer_id text, day date, note text)")
        insert = "insert into bare select 'C' || i, current_date, 'a note' from range(?) as made(i)"
        return Floor("bare_insert", times(lambda: opened.execute(insert, [rows]), runs))


def bare_scan(workspace: Workspace, runs: int) -> Floor:
    """Read the usage table once."""

    def scan() -> None:
        with workspace.cursor() as cursor:
            cursor.execute("select sum(value) from stg_usage").fetchall()

    return Floor("bare_scan", times(scan, runs))
