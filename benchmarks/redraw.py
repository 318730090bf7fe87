"""How long each step of a reader takes to redraw, as so many times an empty page's redraw.

    python -m benchmarks.redraw [--customers 240 10000] [--runs 5] [--only tabs drills] [--keep DIR]

All in one run on this machine, in Chromium: an empty page of the app (its frame and a filter, no
figure) is the floor; a bare page of Streamlit with one filter stands beside it. Then for a company
of each size all that `benchmarks.steps` has, server and browser apart. Prints JSON; a company that
is kept in `--keep` is not made again.
"""

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from benchmarks import steps
from benchmarks.watching import Tab
from tend import sample
from tend.store.facts import imports
from tend.store.workspace import open_workspace
from tend.ui.frame.navigation import PAGES
from tests.kit import browser
from tests.kit.server import ROOT, serve

_ICON = "tend/ui/mark.svg"
AIMS = {
    "stage_move": 3.0,
    "dialog": 3.0,
    "dialog_row": 3.0,
    "tab": 3.0,
    "drill": 3.0,
    "page_change": 5.0,
    "filter_again": 1.3,
    "filter_new": 2.5,
}
BARE = """
import streamlit as st
chosen = st.multiselect("Industry", ["Retail", "Logistics"], key="filter.industry")
st.html(f"<div>{chosen}</div>")
"""
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


def prepared(folder: Path, customers: int) -> Path:
    """Give the workspace of a company of so many customers that lives today."""
    place = folder / f"workspace-{customers}"
    if not place.exists():
        files = folder / f"sample-{customers}"
        with open_workspace(place) as workspace:
            for path in sample.write(files, until=date.today(), customers=customers):
                report = imports.import_file(workspace, path)
                assert report.error is None, report.error
    return place


def of_filter(chromium: Browser, script: Path, workspace: Path, runs: int) -> Tab:
    """Give what a filter takes on a page that draws nothing."""
    with serve(workspace, script) as server:
        tab = _tab(chromium)
        tab.open(server.url)
        if tab.at("filters").count():
            tab.step(None, tab.button("filters").click)
        steps.again(tab, 2 * runs, "Retail", "filter")
        tab.page.close()
    return tab


def measured(chromium: Browser, workspace: Path, runs: int, wanted: Iterable[str]) -> Tab:
    """Do all steps in a tab of their own, on one server."""
    with serve(workspace) as server:
        taken = {}
        for name in wanted:
            tab = _tab(chromium)
            steps.ALL[name](tab, runs, server.url)
            tab.page.close()
            taken |= tab.times
            print(f"{workspace.name}: {name}", file=sys.stderr, flush=True)
    tab.times = taken
    return tab


def _write_empty(folder: Path) -> None:
    """Write a bare page, and the app with pages that hold a word."""
    for part in ("pages", "tend/ui"):
        (folder / part).mkdir(parents=True)
    shutil.copy(ROOT / _ICON, folder / _ICON)
    (folder / "bare.py").write_text(BARE)
    (folder / "app.py").write_text(EMPTY)
    for page in PAGES:
        (folder / "pages" / f"{page}.py").write_text(PAGE)


def _tab(chromium: Browser) -> Tab:
    return Tab(chromium.new_page(locale="en-US", viewport={"width": 1440, "height": 900}))


def main() -> None:
    """Measure all of it, and print medians and ratios."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--customers", type=int, nargs="+", default=[240, 10_000])
    given.add_argument("--runs", type=int, default=5)
    given.add_argument("--only", nargs="+", choices=tuple(steps.ALL), default=tuple(steps.ALL))
    given.add_argument("--keep", type=Path, help="keep the companies in this folder")
    asked = given.parse_args()
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        _write_empty(folder)
        chromium = playwright.chromium.launch(
            executable_path=browser.executable(), args=["--no-sandbox", "--disable-gpu"]
        )
        told: dict[str, object] = {}
        bare = of_filter(chromium, folder / "bare.py", folder / "none", asked.runs)
        for customers in asked.customers:
            kept = prepared(asked.keep or folder, customers)
            own = shutil.copytree(kept, folder / kept.name, dirs_exist_ok=True)
            empty = of_filter(chromium, folder / "app.py", own, asked.runs)
            floor = median(empty.times["filter"].total)
            tab = measured(chromium, own, asked.runs, asked.only)
            steps_told = {name: times.told(floor) for name, times in tab.times.items()}
            told[str(customers)] = {
                "bare": bare.times["filter"].told(floor),
                "empty": empty.times["filter"].told(floor),
                **steps_told,
                "missed": [
                    n for n, aim in AIMS.items() if steps_told.get(n, {}).get("ratio", 0) > aim
                ],
            }
        chromium.close()
    print(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
