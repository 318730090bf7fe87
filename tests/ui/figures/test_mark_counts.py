"""A mark counts as many as its list has rows: every figure, every mark, whatever it is called."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, expect

from tend.figures import drill
from tend.figures.collection import FIGURES
from tend.figures.figure import Figure, code_of
from tend.figures.value.findings import MOVES
from tend.ui.parts import words
from tend.ui.state import address, data
from tend.view import View, window
from tests.kit.browsing import WAIT, Watched
from tests.kit.server import serve
from tests.ui.conftest import LANGUAGES, Open
from tests.ui.health.test_movement import AS_OF

Row = dict[str, Any]
LEADING = [one for one in FIGURES.values() if one.behind and one.name != "arr_periods"]
YEAR = View(AS_OF, *window("last_12_months", AS_OF))
QUARTER = View(AS_OF, *window("last_quarter", AS_OF), filters=(("region", ("west", "unknown")),))
GROUPED = (
    *(view.grouped(one).split(other) for view in (YEAR, QUARTER) for one, other in (
        ("region", None), ("region", "industry"), ("csm", "region"), ("product", "quarter"),
        ("size", "month"),
    )),
    YEAR.grouped("quarter"),
)  # fmt: skip


def asked(figure: Figure) -> Iterator[View]:
    """Give the views that a page may ask the figure for."""
    for view in GROUPED:
        is_by_time = view.group_by == "quarter"
        if is_by_time == (figure.query == "renewal_rates" and figure.name.endswith("period")):
            yield view


def marks(figure: Figure, view: View, language: str) -> list[Row]:
    """Give the rows that are bound to the figure's chart."""
    rows = words.beside(figure, data.answer(figure, view), language).to_pylist()
    return [row for row in rows if not row.get("is_total")]


def picked(figure: Figure, row: Row) -> dict[str, str]:
    """Give what the page is told when a reader selects a mark: codes alone."""
    return {column: row[code_of(column)] for column in figure.tells}


@pytest.mark.parametrize("company", ["sample-en", "rude"])
@pytest.mark.parametrize("figure", LEADING, ids=lambda one: one.name)
def test_a_mark_counts_the_rows_of_its_list(opened: Open, company: str, figure: Figure) -> None:
    """Through the address and back; a mark of nothing lists nothing."""
    opened(company)
    counted = drawn = 0
    for view in asked(figure):
        for row in marks(figure, view, "en"):
            drawn += 1
            told = drill.written(figure, picked(figure, row))
            choice = address.read({"drill": told}, "en")
            found = drill.read(figure, address.read(address.written(choice), "en").drill)
            assert found == picked(figure, row)
            its_view, own = drill.listed(figure, view, found)
            listed = data.ask(FIGURES[figure.listed].query, its_view, **own)
            assert len(listed) == row[figure.counts], (view, found)
            counted += len(listed)
    assert counted or (company == "rude" and not drawn)  # nobody there has answered


@pytest.mark.parametrize("company", ["sample-zh", "rude"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_two_marks_never_have_one_name(opened: Open, company: str, language: str) -> None:
    """What a file calls 未知 stands beside what no file says, and both can be picked."""
    opened(company)
    for figure in LEADING:
        for view in asked(figure):
            names: dict[tuple[str, ...], tuple[str, ...]] = {}
            for row in marks(figure, view, language):
                said = tuple(row[column] for column in figure.tells)
                code = tuple(picked(figure, row).values())
                assert names.setdefault(said, code) == code, (figure.name, view)


@pytest.mark.parametrize("company", ["sample-en", "rude"])
@pytest.mark.parametrize("step", ["month", "quarter", "year"])
def test_a_bar_is_the_sum_of_its_list(opened: Open, company: str, step: str) -> None:
    """What customers added or took adds up to the bar of ARR moved."""
    opened(company)
    for period in data.answer(FIGURES["arr_periods"], View(AS_OF).grouped(step)).to_pylist():
        for move in MOVES:
            days = View(AS_OF, period["first_month"], period["last_day"])
            rows = data.ask(FIGURES["arr_movers"].query, days, move=move).to_pylist()
            assert sum(row["arr_change"] for row in rows) == pytest.approx(period[move])


@pytest.mark.timeout(240)
def test_our_unknown_can_be_picked_beside_a_name_that_reads_like_it(
    chromium: Browser, made: Open
) -> None:
    """In Chinese both read 未知: each click lists its own."""
    with serve(made("rude")) as server:
        context = chromium.new_context(locale="zh-CN", viewport={"width": 1440, "height": 1400})
        watched = Watched(context, server)
        page = watched.page
        for name, code in (("(未知)", "unknown"), ("未知", "未知")):
            page.goto(f"{server.url}/renewals?lang=zh&as_of={AS_OF}&split=region")
            chart = page.locator("[class*=st-key-chart_renewals_by_segment] svg.marks")
            expect(chart).to_be_visible(timeout=WAIT)
            label = chart.locator(".role-axis-label text").filter(has_text=name)
            box = label.filter(has_text=name).last.bounding_box()
            whole = chart.bounding_box()
            assert box
            assert whole
            page.mouse.click(whole["x"] + whole["width"] / 2, box["y"] + box["height"] / 2)
            title = page.locator(".st-key-behind_renewals_by_segment h3")
            expect(title).to_contain_text(
                re.compile(rf"^{re.escape(name)}：\d+ 份合同"), timeout=WAIT
            )
            assert unquote(page.url).endswith(f"drill=segment={code}")
        watched.check()
