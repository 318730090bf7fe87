"""Pages in a browser: the first one after a start, every step after it, and the server's memory."""

import shutil
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks import steps
from benchmarks.companies.kept import Company
from benchmarks.measures.costs import Cost, Floor
from benchmarks.parts import Bench
from benchmarks.soak import memory_mb
from benchmarks.watching import Tab, Times
from tend.ui.frame.navigation import PAGES
from tests.kit.server import ROOT, serve

_ICON = "tend/ui/mark.svg"
# A setting of its own makes a server a new process, not a copy of one that has loaded the code.
NEW = {"PYTHONHASHSEED": "0"}
# The frame around a page that holds a word.
EMPTY = """
import streamlit as st
from pathlib import Path
from tend.ui.frame import frame
from tend.ui.state import address
frame.ROOT = Path(__file__).parent
frame.show()
"""
PAGE = """
import streamlit as st
from tend.ui.frame import frame
from tend.ui.state import address
st.html(f"<div>{address.choice().filters}</div>")
"""


def walk(company: Company, bench: Bench) -> Iterator[Cost]:
    """Do every step of a reader, on one server, each in a tab of its own."""
    taken, empty_mb = emptied(company, bench)
    floor = Floor("empty_page", taken)
    with serve(company.workspace) as server:
        for step in steps.ALL:
            page = tab(bench.chromium)
            step(page, bench.runs, server.url)
            page.page.close()
            yield from costs(page.times, floor)
        memory = memory_mb(server.pid)
    yield Cost("memory", [memory], Floor("empty_app", [empty_mb]), "mb")


def start(company: Company, bench: Bench) -> Iterator[Cost]:
    """Start the app and open Renewals: from the start of the process, and from the address on."""
    empty = _empty(bench.folder)
    cold, first = started(company.workspace, bench, "renewals")
    least, least_first = started(company.workspace, bench, "renewals", empty)
    yield Cost("cold_start", cold, Floor("empty_app_start", least))
    yield Cost("first_page", first, Floor("empty_first_page", least_first))


def started(
    workspace: Path, bench: Bench, page: str, script: Path = ROOT / "app.py", **settings: str
) -> tuple[list[float], list[float]]:
    """Give what it took from the start of a process, and from the first address on."""
    cold, first = [], []
    for _ in range(bench.runs):
        begun = time.perf_counter()
        with serve(workspace, script, None, ROOT, **NEW, **settings) as server:
            there = time.perf_counter() - begun
            one = tab(bench.chromium)
            one.opened("first", f"{server.url}/{page}")
            one.page.close()
        first += _seconds(one.times["first"].total)
        cold.append(there + first[-1])
    return cold, first


def emptied(company: Company, bench: Bench) -> tuple[list[float], float]:
    """Give what a filter takes on a page of the app that draws nothing, and its server's memory."""
    with serve(company.workspace, _empty(bench.folder)) as server:
        page = tab(bench.chromium)
        page.open(server.url)
        if page.at("filters").count():
            page.step(None, page.button("filters").click)
        steps.again(page, 2 * bench.runs, "Retail", "filter")
        page.page.close()
        return _seconds(page.times["filter"].total), memory_mb(server.pid)


def costs(taken: Mapping[str, Times], floor: Floor) -> Iterator[Cost]:
    """Hold what steps took against an empty page."""
    for name, times in taken.items():
        yield Cost(name, _seconds(times.total), floor, server=_seconds(times.server))


def tab(chromium: Browser) -> Tab:
    """Open a tab as wide as a screen."""
    return Tab(chromium.new_page(locale="en-US", viewport={"width": 1440, "height": 900}))


def _seconds(milliseconds: list[float]) -> list[float]:
    return [one / 1000 for one in milliseconds]


def _empty(folder: Path) -> Path:
    """Write the app with pages that hold a word."""
    home = folder / "empty"
    if not home.exists():
        for part in ("pages", "tend/ui"):
            (home / part).mkdir(parents=True)
        shutil.copy(ROOT / _ICON, home / _ICON)
        (home / "app.py").write_text(EMPTY)
        for page in PAGES:
            (home / "pages" / f"{page}.py").write_text(PAGE)
    return home / "app.py"
