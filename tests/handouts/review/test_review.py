"""The review file in a browser without a network: alive, and with the numbers of the queries."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tend.figures import looks, pages, wording
from tend.figures.collection import FIGURES
from tend.handouts import told as content
from tend.handouts.review import asked, writing
from tend.handouts.review.writing import Wish
from tend.language import format
from tend.queries import asking, library
from tend.store.workspace import Workspace
from tend.view import View
from tests.handouts.review.conftest import VIEW, Opened, options, told
from tests.ui.conftest import chromium

__all__ = ["chromium"]
MOST_BYTES = 3_000_000
GRAVE = ("serious", "critical")


@pytest.fixture(scope="module")
def file(company: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write two pages once, in both languages, with all that can be filtered by."""
    path = tmp_path_factory.mktemp("review") / "review.html"
    writing.write(company, path, Wish(VIEW, pages=("renewals", "customers")))
    return path


@pytest.fixture(scope="module")
def whole(company: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write all pages once, without filters: those take the longest."""
    path = tmp_path_factory.mktemp("whole") / "review.html"
    writing.write(company, path, Wish(VIEW, filtered_by=()))
    return path


@pytest.fixture(scope="module")
def opened(chromium: Browser, file: Path) -> Iterator[Opened]:
    """Open it in one window for all that only look."""
    found = Opened(chromium, file, locale="en-GB", viewport={"width": 1440, "height": 900})
    yield found
    found.close()


@pytest.fixture
def page(opened: Opened) -> Page:
    """Give the page as it is when it is opened."""
    opened.page.goto("about:blank")
    opened.page.goto(opened.home)
    return opened.page


def rows_of(page: Page, figure: str) -> int:
    """Count the rows of a list, those too that come by a click."""
    section = page.locator(f'[id="renewals.{figure}"]')
    shown = section.locator("tbody tr").count()
    more = section.get_by_role("button", name=re.compile("^Show all"))
    return int(re.findall(r"\d+", more.inner_text())[0]) if more.count() else shown


def test_each_filter_shows_what_the_queries_answer(company: Workspace, page: Page) -> None:
    """Rate, rows of lists and rows of charts, under each value of size, industry and type."""
    page.goto(page.url.split("#")[0] + "#renewals")
    whole = pages.framed("renewals", VIEW)
    chosen = 0
    for name in asked.FILTERED:
        field = page.locator(f"#filter-{name}")
        for value, label in enumerate(field.locator("option").all_inner_texts()[1:]):
            field.select_option(str(value))
            codes = {wording.value(code, "en"): code for code in options(company, name)}
            view = replace(whole, filters=((name, (codes[label],)),))
            assert seen(page) == answered(company, view), (name, label)
            chosen += 1
        field.select_option("")
    assert chosen == sum(len(options(company, name)) for name in asked.FILTERED) > 10
    assert seen(page) == answered(company, whole)


def seen(page: Page) -> tuple[str, int, int, int]:
    """Read the renewal rate, and count the rows of two lists and of a chart."""
    card = page.locator(".card", has_text="Contract renewal rate").locator(".value")
    chart = page.locator('[id="renewals.renewals_by_period"] .chart')
    drawn = int(chart.get_attribute("data-rows") or 0) if chart.count() else 0
    rate = card.inner_text() if card.count() else format.MISSING
    return rate, rows_of(page, "renewals_due"), rows_of(page, "process_board"), drawn


def answered(company: Workspace, view: View) -> tuple[str, int, int, int]:
    """Ask the queries for the same."""
    [row] = asking.run(company, "renewal_rates", view.grouped(None)).to_pylist() or [{}]
    due = asking.run(company, "renewals_due", looks.soon(view))
    process = asking.run(company, "renewal_process", looks.whatever_the_window(view))
    trend = asking.run(company, "renewal_rates", looks.look_back(view.grouped("quarter")))
    rate = format.rate(row.get("contract_renewal_rate"), "en")
    return rate, len(due), len(process), len(trend)


def together(company: Workspace, page: Page) -> View:
    """Choose a size and a type, and give the view they make."""
    filters = []
    for name in ("size", "contract_type"):
        field = page.locator(f"#filter-{name}")
        field.select_option("0")
        label = field.locator("option:checked").inner_text()
        [code] = [one for one in options(company, name) if wording.value(one, "en") == label]
        filters.append((name, (code,)))
    return replace(VIEW, filters=tuple(filters))


def test_filters_together_hide_rows(company: Workspace, page: Page) -> None:
    """Lists are of all filters; what was not asked beforehand is not shown as if it were."""
    page.goto(page.url.split("#")[0] + "#renewals")
    view = together(company, page)
    due = asking.run(company, "renewals_due", looks.soon(view))
    assert rows_of(page, "renewals_due") == len(due) > 0
    assert page.locator(".card, .chart").count() == 0
    expect(page.locator(".lead")).to_contain_text("one filter at a time")
    page.get_by_role("button", name="Clear all").click()
    expect(page.locator(".card").first).to_be_visible()


def test_filters_together_show_what_they_would_alone(company: Workspace, page: Page) -> None:
    """Each row as the query answers it under both; a share of all that is shown is left open."""
    page.goto(page.url.split("#")[0] + "#customers")
    view = together(company, page)
    [shown] = content.page(content.reading(company, "en"), "customers", view).figures
    for more in page.get_by_role("button", name=re.compile("^Show all")).all():
        more.click()
    told_cells = [line.locator("td").all_inner_texts() for line in page.locator("tbody tr").all()]
    asked_cells = [
        [wording.cell(shown.kinds.get(name), value, "en") for name, value in row.items()]
        for row in shown.table.to_pylist()
    ]
    assert told_cells == asked_cells != []
    page.locator("tbody .name").first.click()
    share = page.locator("tr.more dl > div", has_text="Share of ARR")
    assert share.locator("dd").inner_text() == format.MISSING


def test_cells_are_written_as_the_app_writes_them(company: Workspace, page: Page) -> None:
    """Amounts, days, rates and words, in both languages."""
    for language in ("en", "zh"):
        page.goto(page.url.split("#")[0] + "#renewals")
        for name in ("renewals_due", "renewals_by_segment"):
            figure = FIGURES[name]
            view = pages.asked("renewals", figure, pages.framed("renewals", VIEW))
            codes = asking.run(company, figure.query, figure.ask(view))
            kinds = library.find(figure.query).kinds
            words = wording.shown(figure, codes, language)
            words = words.select(wording.first(figure, words.column_names))
            section = page.locator(f'[id="renewals.{name}"]')
            if section.locator(".chart").count():
                section.locator("summary").first.click()
            lines = section.locator("tbody tr:not(.more)").all()
            for line, row in list(zip(lines, words.to_pylist(), strict=False))[:8]:
                written = [wording.cell(kinds.get(k), value, language) for k, value in row.items()]
                assert line.locator("td").all_inner_texts() == written
        page.locator("#language").click()
        expect(page.locator("html")).to_have_attribute(
            "lang", "zh-CN" if language == "en" else "en"
        )


def test_charts_tell_what_is_under_the_pointer_and_what_is_picked(page: Page) -> None:
    """A hint beside the pointer; a mark that is picked shows its rows as a table."""
    page.goto(page.url.split("#")[0] + "#renewals")
    section = page.locator('[id="renewals.renewals_by_segment"]')
    marks = section.locator(".chart svg .mark-rule path, .chart svg .mark-rule line")
    expect(marks.first).to_be_attached()
    box = section.locator(".chart svg").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 26)
    expect(page.locator("#bubble")).to_contain_text("Contract renewal rate")
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 26)
    table = section.locator("details[open] tbody tr")
    expect(table).to_have_count(1)
    assert section.locator("svg").count() == 1


def test_lists_are_searched_and_sorted(company: Workspace, page: Page) -> None:
    """A customer is found on every page by a part of its name; a column sorts."""
    page.goto(page.url.split("#")[0] + "#renewals")
    due = asking.run(company, "renewals_due", looks.soon(VIEW)).to_pylist()
    name = due[0]["customer_name"]
    page.locator("#find").fill(name[1:].upper())
    expect(page.locator("h1")).to_contain_text("Rows with")
    assert page.locator("tbody tr").count() >= 1
    assert all(name in line for line in page.locator("tbody tr").all_inner_texts())
    page.locator("#find").fill("no such customer")
    expect(page.locator("h1")).to_contain_text("No row with")
    page.locator("#find").fill("")
    section = page.locator('[id="renewals.renewals_due"]')
    section.get_by_role("button", name="ARR").click()
    first = section.locator("tbody tr").first
    largest = max(due, key=lambda row: row["arr"])
    expect(first).to_contain_text(format.count(largest["arr"]))
    first.locator("button").click()
    expect(section.locator("tr.more")).to_contain_text(largest["contract_id"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_read_it(chromium: Browser, whole: Path, scheme: str) -> None:
    """No serious finding of axe on any page; nothing is wider than a phone."""
    opened = Opened(
        chromium, whole, locale="zh-CN", color_scheme=scheme, viewport={"width": 390, "height": 844}
    )
    page, found = opened.page, dict[str, list[str]]()
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    names = [one["name"] for one in told(whole)["pages"]]  # type: ignore[attr-defined]
    # the theme changes inks alone, which are the same on all pages
    for name in (*names, "sources") if scheme == "light" else names[:2]:
        page.goto(f"{opened.home}#{name}")
        expect(page.locator(".chart:not([data-drawn])")).to_have_count(0)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
        grave = [
            f"{one['id']}: {one['nodes'][0]['html'][:120]}"
            for one in Axe().run(page).response["violations"]
            if one["impact"] in GRAVE
        ]
        if grave:
            found[name] = grave
    assert found == {}
    opened.close()


def test_it_is_small_and_signed(file: Path) -> None:
    """Of both languages; it says of which day and version it is, and from which sheets."""
    assert file.stat().st_size < MOST_BYTES
    held = json.dumps(told(file), ensure_ascii=False)
    assert "As of 2026-09-30" in held
    assert "截至 2026-09-30" in held
    assert "Workspace version" in held
    assert '"Contracts"' in held
