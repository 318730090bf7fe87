"""nginx or Tend is begun anew under a reader: nothing is lost, and a page goes on by itself."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tend.queries import asking
from tend.store.workspace import open_workspace
from tend.view import View
from tests.kit.browsing import WAIT, Watched, settled
from tests.kit.server import Server
from tests.stories.operation.conftest import Behind

pytestmark = pytest.mark.timeout(420)
# A file of 24 MB, most of it notes that are not used: large for a line, small for the reader.
ROWS, NOTES = 2_000, "of no use " * 1_200
SLOW = 8 * 1024**2


def large(folder: Path, name: str, product: str) -> Path:
    """Write a large list of contracts."""
    lines = ["Contract ID,Customer,Product,Start date,End date,Amount,Scribbles"]
    for number in range(ROWS):
        customer = f"Grosskunde {number}"
        lines.append(f"{name}-{number},{customer},{product},2026-01-01,2099-12-31,10,{NOTES}")
    path = folder / f"{name}.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_piece_that_was_out_of_reach_comes(behind: Behind, chromium: Browser) -> None:
    """What a page wanted while nobody answered is there without a word from its reader."""
    context = chromium.new_context(locale="en-US", ignore_https_errors=True)
    page, loads = context.new_page(), []
    page.on("load", lambda _: loads.append(1))
    page.route(
        "**/static/js/*VegaLite*.js",
        lambda asked: asked.continue_() if len(loads) > 1 else asked.abort(),
    )
    page.goto(f"{behind.proxy.url}/renewals?lang=en")
    chart = page.locator("[role='graphics-document']").first
    expect(chart).to_be_visible(timeout=3 * WAIT)
    assert len(loads) == 2
    context.close()


def test_nothing_is_lost(behind: Behind, chromium: Browser, tmp_path: Path) -> None:
    """A touch; nginx anew while a file is read, and while it goes in; Tend anew in an upload."""
    context = chromium.new_context(
        locale="en-US",
        viewport={"width": 1440, "height": 900},
        ignore_https_errors=True,
        reduced_motion="reduce",
    )
    watched = Watched(context, Server(behind.proxy.url, 0))
    page = watched.page
    touched = log_a_touch(page, behind)
    watched.check()
    page.goto(f"{behind.proxy.url}/data?lang=en")
    drop(page, large(tmp_path, "one", "Basic"))
    first = page.locator(".tend-sum").first
    begun_anew_under(page, behind, first)
    expect(first).to_contain_text(re.compile(r"2,\d{3} customers"), timeout=3 * WAIT)

    page.locator(".st-key-import button").click(timeout=3 * WAIT)
    done = page.locator(".st-key-to_renewals")
    begun_anew_under(page, behind, done)
    expect(done).to_be_visible(timeout=3 * WAIT)

    under_way(page, behind, large(tmp_path, "two", "Plus"))
    page.reload()
    expect(page.locator(".st-key-history")).to_contain_text("one.csv", timeout=3 * WAIT)
    expect(page.locator(".st-key-history")).not_to_contain_text("two.csv")
    assert watched.foreign == []
    context.close()
    behind.end()
    kept_and_unnamed(behind, touched)


def begun_anew_under(page: Page, behind: Behind, outcome: Locator) -> None:
    """Begin nginx anew while something is under way: a bar says how far it is."""
    expect(page.get_by_test_id("stProgress").or_(outcome).first).to_be_visible(timeout=3 * WAIT)
    behind.proxy.stop()
    page.wait_for_timeout(500)
    behind.proxy.start()


def log_a_touch(page: Page, behind: Behind) -> str:
    """Enter a touch; give of whom."""
    page.goto(f"{behind.proxy.url}/workbench?lang=en")
    first = page.locator("[class*='st-key-priority_']").first
    expect(first).to_be_visible(timeout=3 * WAIT)
    name = first.locator("[data-testid='stBaseButton-tertiary']").first.inner_text()
    first.get_by_role("button", name="Log touch").click()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".st-key-toast")).to_contain_text(f"Touch saved: {name}", timeout=WAIT)
    return name


def drop(page: Page, file: Path) -> None:
    """Choose a file as a reader does."""
    settled(page)
    with page.expect_file_chooser() as chooser:
        page.locator(".stFileUploader button").first.click(timeout=WAIT)
    chooser.value.set_files(file)


def under_way(page: Page, behind: Behind, file: Path) -> None:
    """End the server while a file is on its way, and begin it anew: the page says what happened."""
    line = page.context.new_cdp_session(page)
    line.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": SLOW},
    )
    drop(page, file)
    uploader = page.locator(".stFileUploader").first
    expect(uploader).to_contain_text(file.name)
    behind.end()
    expect(uploader).to_contain_text("status code 502", timeout=2 * WAIT)
    behind.begin()
    expect(page.locator(".st-key-history")).to_contain_text("one.csv", timeout=3 * WAIT)
    expect(page.locator("[role=dialog]")).to_have_count(0, timeout=3 * WAIT)


def kept_and_unnamed(behind: Behind, touched: str) -> None:
    """What was confirmed is there; the log is lines of JSON without a name of the data."""
    with open_workspace(behind.workspace) as workspace:
        rows = asking.run(workspace, "priorities", View(date.today())).to_pylist()
        assert touched in [row["customer_name"] for row in rows if row["days_since_touch"] == 0]
        names = "select unnest([customer_name, csm, key_contact, customer_id]) from stg_customers"
        found = workspace.read(lambda cursor: cursor.execute(names).fetchall())
    named = {name for (name,) in found if name}
    assert len(named) > 400
    lines = [json.loads(line) for line in behind.log.splitlines()]
    assert {"at", "level", "logger", "said"} <= lines[0].keys()
    written = json.dumps(lines, ensure_ascii=False)
    assert [one for one in (*named, "one.csv", "two.csv", "Grosskunde") if one in written] == []
