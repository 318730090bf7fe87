"""How fast a question in SQL is: named queries asked as a cell and by the app, side by side.

    python -m benchmarks.door [--customers 10000] [--runs 5] [--workspace DIR]

A cell may take one and a half times as long and 50 ms more, once its tables have been written.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median

from tend import sample
from tend.queries import asking, library
from tend.queries.door import asking as door
from tend.store.facts import imports
from tend.store.workspace import Workspace, open_workspace
from tend.view import View

UNTIL = date(2026, 9, 30)
VIEW = View(UNTIL, date(2025, 10, 1), UNTIL, "size")
NAMES = (
    *("renewal_headline", "renewal_rates", "renewals_due", "losses", "concentration"),
    *("arr_bridge", "retention_trend", "health", "movement_grid", "customers", "nps"),
    *("csm_coverage", "sop_matrix", "renewal_forecast_total", "data_sets"),
)
_MOST, _MORE = 1.5, 0.05


def main() -> None:
    """Make a company, or open one, and print a line for each query."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--workspace", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.workspace or Path(folder) / "workspace"
        with open_workspace(path) as workspace:
            if given.workspace is None:
                _fill(workspace, Path(folder), given.customers)
            for line in _lines(workspace, given.runs):
                print(line, flush=True)


def _fill(workspace: Workspace, folder: Path, customers: int) -> None:
    files = sample.write(folder / "files", until=UNTIL, customers=customers)
    with workspace.together():
        for file in files:
            imports.import_file(workspace, file)


def _lines(workspace: Workspace, runs: int) -> Iterator[str]:
    yield f"{'query':24} {'app ms':>8} {'first ms':>9} {'cell ms':>8} {'bound ms':>9}"
    late = 0
    for name in NAMES:
        app, first, cell = _times(workspace, name, runs)
        bound = _MOST * app + _MORE
        late += cell > bound
        told = f"{1000 * app:8.0f} {1000 * first:9.0f} {1000 * cell:8.0f} {1000 * bound:9.0f}"
        yield f"{name:24} {told}{' over' * (cell > bound)}"
    yield f"over the bound: {late} of {len(NAMES)}"


def _times(workspace: Workspace, name: str, runs: int) -> tuple[float, float, float]:
    """Give the seconds of the app, of the first cell, and of one whose tables are there."""
    query = library.find(name)
    known = {"dimensions": list(asking.dimensions(workspace))}
    own = {key: one for key, one in known.items() if key in query.parameters}
    run = partial(asking.run, workspace, name, VIEW, **own)
    ask = partial(door.ask, workspace, query.sql, VIEW, given=own)
    run()
    first = _seconds(ask)
    both = [(_seconds(run), _seconds(ask)) for _ in range(runs)]
    app, cell = (median(times) for times in zip(*both, strict=True))
    return app, first, cell


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
