"""How long a click on a filter takes to redraw the Renewals page, against empty pages.

Two empty pages stand for "nothing to draw": one of the app, with its filters and no figure, and a
bare one with a single filter of two values.

Run `python -m benchmarks.redraw`. Both pages run in Chromium on this machine, with the same
settings; the sample company is loaded. Each filter was asked before, as in a meeting.
"""

import json
import tempfile
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

from tend import sample
from tend.store.facts import imports
from tend.store.workspace import open_workspace
from tests.kit import browser
from tests.kit.companies import UNTIL
from tests.kit.server import serve

WARM_UP, RUNS = 4, 15
EMPTY = """
import streamlit as st
chosen = st.multiselect("Industry", ["Retail", "Logistics"], key="filter.industry")
st.html(f"<div class='answer'>{chosen}</div>")
"""
BAR = """
import streamlit as st
from tend.ui import address, data, filters
st.set_page_config(layout="wide")
address.sync("en")
filters.bar(address.choice(), has_data=True)
st.html(f"<div class='answer'>{address.choice().filters}</div>")
data.settle()
"""
# From the click to the first and to the last change on the page outside the filter itself.
WATCH = """
(seen) => {
  const quiet = 350, main = document.querySelector('.stMain');
  return new Promise((done) => {
    let start = null, first = null, last = null;
    const note = (changes) => {
      const now = performance.now();
      // Not what is seen: the filter's own list, and the table's copy for screen readers.
      const inside = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest(
        '[class*="st-key-filter"], canvas');
      if (start === null || changes.every((change) => inside(change.target))) return;
      if (first === null && document.querySelector(seen).textContent !== before) first = now;
      last = now;
    };
    const before = document.querySelector(seen).textContent;
    const watcher = new MutationObserver(note);
    watcher.observe(main, { childList: true, subtree: true, characterData: true });
    document.addEventListener('pointerdown', () => { start = performance.now(); },
      { once: true, capture: true });
    const check = setInterval(() => {
      if (last === null || first === null || performance.now() - last < quiet) return;
      clearInterval(check); watcher.disconnect();
      done({ first: first - start, last: last - start });
    }, 20);
  });
}
"""


def measure(page: Page, seen: str) -> dict[str, float]:
    """Put one value on and off, again and again; give the medians in milliseconds."""
    found: list[dict[str, float]] = []
    box = page.locator(".st-key-filter-industry")
    for _ in range(WARM_UP + RUNS):
        box.locator("input").click()
        option = page.get_by_role("option").filter(has_text="Retail")
        option.wait_for()
        found.append(_timed(page, seen, lambda place=option: place.click()))
        page.keyboard.press("Escape")
        if not box.is_visible():
            page.locator(".st-key-filters button").first.click()
            box.wait_for()
        off = box.get_by_role("button", name="Remove Retail")
        found.append(_timed(page, seen, lambda place=off: place.click()))
    kept = found[2 * WARM_UP :]
    return {name: round(median(run[name] for run in kept), 1) for name in ("first", "last")}


def _timed(page: Page, seen: str, click: object) -> dict[str, float]:
    # `void`: the promise is awaited after the click, not before it.
    page.evaluate(f"void (window.measured = ({WATCH})({json.dumps(seen)}))")
    assert callable(click)
    click()
    times: dict[str, float] = page.evaluate("window.measured")
    return times


def main() -> None:
    """Measure both pages and print medians and ratio."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        workspace = open_workspace(folder / "workspace")
        for path in sample.write(folder, until=UNTIL):
            imports.import_file(workspace, path)
        workspace.close()
        (folder / "bare.py").write_text(EMPTY)
        (folder / "bar.py").write_text(BAR)
        chromium = playwright.chromium.launch(
            executable_path=browser.executable(), args=["--no-sandbox", "--disable-gpu"]
        )
        page = chromium.new_page(locale="en-US", viewport={"width": 1440, "height": 900})
        with serve(folder / "none", folder / "bare.py") as server:
            page.goto(server.url)
            page.locator(".answer").wait_for()
            bare = measure(page, ".answer")
        with serve(folder / "workspace", folder / "bar.py") as server:
            page.goto(f"{server.url}/?as_of={UNTIL}")
            page.locator(".answer").wait_for()
            page.locator(".st-key-filters button").first.click()
            page.locator(".st-key-filter-industry").wait_for()
            empty = measure(page, ".answer")
        with serve(folder / "workspace") as server:
            page.goto(f"{server.url}/renewals?as_of={UNTIL}")
            page.locator(".tend-lead").wait_for()
            page.wait_for_timeout(1500)
            page.locator(".st-key-filters button").first.click()
            page.locator(".st-key-filter-industry").wait_for()
            full = measure(page, ".tend-lead h1")
        chromium.close()
    told = {"bare_ms": bare, "empty_ms": empty, "renewals_ms": full}
    for name, base in (("to_empty", empty), ("to_bare", bare)):
        told[name] = {key: round(full[key] / base[key], 2) for key in full}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
