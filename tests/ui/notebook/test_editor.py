"""The editor in a real browser, under the headers of the app; and where scripts are refused."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.kit.browsing import WAIT, Watched
from tests.kit.server import Server, serve
from tests.ui.notebook.editor_alone import NPS
from tests.walls.sources import ROOT

ALONE = Path(__file__).with_name("editor_alone.py")
EDITOR = ROOT / "tend/ui/notebook/editor"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve the editor alone."""
    with serve(tmp_path_factory.mktemp("editor") / "workspace", ALONE) as running:
        yield running


def says(page: Page, runs: int, text: str) -> None:
    """Wait until the server has heard a text, and how often it was run."""
    expect(page.get_by_test_id("stCode")).to_have_text(f"{runs} runs: {text}", timeout=WAIT)


def takes(page: Page) -> None:
    """Take what is offered; the editor lets keys pass by a list of less than 75 ms."""
    page.wait_for_timeout(200)
    page.keyboard.press("Tab")


def test_it_is_an_editor(chromium: Browser, server: Server) -> None:
    """Words and queries to choose from, keys to run and to leave by, texts the server changes."""
    context = chromium.new_context()
    watched = Watched(context, server)
    page = watched.page
    page.goto(f"{server.url}/?lang=zh")
    edited = page.get_by_role("textbox", name="SQL of a cell")
    expect(edited).to_have_class("cm-content cm-lineWrapping", timeout=2 * WAIT)
    expect(edited).to_have_attribute("aria-description", "Ctrl+Enter 运行 · 按 Esc 再按 Tab 离开")
    expect(page.locator(".wrong")).to_have_text("nowhere")
    expect(page.locator("[class*=st-key-late_]")).to_be_hidden()
    edited.press("Control+a")
    page.keyboard.type("select c.contract_id from contracts c where c.a")
    offered = page.get_by_role("option")
    expect(offered).to_have_text(["arr"])
    takes(page)
    page.keyboard.type(" > 1 and $as")
    expect(offered).to_have_text(["$as_of参数"])
    takes(page)
    page.keyboard.press("Control+Enter")
    text = "select c.contract_id from contracts c where c.arr > 1 and $as_of"
    says(page, 1, text)
    page.keyboard.type(" ")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="After it")).to_be_focused()
    says(page, 1, text)  # what is left is heard, though nothing is run
    page.get_by_role("button", name="Other text").click()
    expect(edited).to_have_text("select 2")
    says(page, 1, "select 2")
    edited.press("Control+a")
    page.keyboard.type("np")
    expect(offered.first).to_contain_text("nps")
    takes(page)  # of a named query its statement
    expect(edited).to_have_text("select 7 as nps")  # what it says of itself is folded
    head = page.get_by_role("button", name="（3 行）")
    expect(head).to_have_attribute("aria-expanded", "false")
    head.click()
    expect(edited).to_contain_text("-- question: Who recommends us?")
    head.click()
    expect(edited).to_have_text("select 7 as nps")
    edited.press("Control+Enter")
    says(page, 2, f"{NPS}")
    watched.check()
    context.close()


def test_without_its_file_it_is_a_plain_area(chromium: Browser, server: Server) -> None:
    """Where CodeMirror does not come, the same keys work in a plain text area."""
    context = chromium.new_context()
    page = context.new_page()
    page.route("**/codemirror-*.js", lambda route: route.abort())
    page.goto(server.url)
    area = page.get_by_role("textbox", name="SQL of a cell")
    expect(area).to_have_value("select 1\nfrom nowhere", timeout=2 * WAIT)
    area.fill("select 3")
    area.press("Control+Enter")
    says(page, 1, "select 3")
    area.press("Escape")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="After it")).to_be_focused()
    context.close()


def test_where_scripts_are_refused_a_text_area_is_there(chromium: Browser, server: Server) -> None:
    """Where the browser runs no component at all, Streamlit's own text area shows up."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{server.url}/?strict")
    late = page.locator("[class*=st-key-late_] textarea")
    expect(late).to_have_value("select 1\nfrom nowhere", timeout=2 * WAIT)
    expect(late).to_be_visible(timeout=WAIT)
    late.fill("select 4")
    late.press("Control+Enter")
    says(page, 0, "select 4")
    context.close()


@pytest.mark.quick
def test_the_file_is_ours_to_keep() -> None:
    """It evaluates no text, names no other host but the one of SVG, and its licences lie beside."""
    bundle = (EDITOR / "codemirror.js").read_text(encoding="utf-8")
    assert "eval(" not in bundle
    assert "new Function" not in bundle
    assert set(_hosts(bundle)) == {"www.w3.org"}
    licences = (EDITOR / "codemirror.LICENSES.txt").read_text(encoding="utf-8")
    lock = (ROOT / ".ci/editor/package-lock.json").read_text(encoding="utf-8")
    packages = re.findall(r"^(\S+) [\d.]+ \(MIT\)$", licences, re.MULTILINE)
    assert len(packages) == licences.count("Permission is hereby granted") >= 12
    assert all(f'"node_modules/{name}"' in lock for name in packages)
    assert "resolved" not in lock


def _hosts(text: str) -> Iterator[str]:
    for part in text.split("://")[1:]:
        yield part.split("/")[0].split('"')[0]
