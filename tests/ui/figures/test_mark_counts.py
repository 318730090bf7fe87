"""A mark counts as many as its list has rows: every figure, every mark, whatever it is called."""

import itertools
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, expect

from tend.figures import drill, wording
from tend.figures.collection import FIGURES
from tend.figures.figure import Figure, code_of
from tend.figures.reading import Reading
from tend.figures.value.findings import MOVES
from tend.language import text
from tend.queries import library
from tend.ui.figures import opens
from tend.ui.state import address, data
from tend.view import View, window
from tests.kit.browsing import WAIT, Watched, settled
from tests.kit.server import serve
from tests.ui.conftest import LANGUAGES, Open
from tests.ui.health.test_movement import AS_OF

Row = dict[str, Any]
# Marks of one view that are held against their lists: all those with rude names.
MOST = {"sample-en": 4, "rude": 100}
LEADING = [one for one in FIGURES.values() if one.behind and one.name != "arr_periods"]
YEAR = View(AS_OF, *window("last_12_months", AS_OF))
# Grids whose page lists a cell beside them: query, list, and the columns that name a cell.
CELLS = {
    "movement_grid": ("movement_grid", "movement_customers", ("to_quadrant",)),
    "sop_matrix": ("sop_matrix", "sop_customers", ("scale", "satisfaction")),
}
QUARTER = View(AS_OF, *window("last_quarter", AS_OF), filters=(("region", ("west", "unknown")),))
GROUPED = (
    *(YEAR.grouped(one).split(other) for one, other in (
        ("region", None), ("region", "industry"), ("csm", "region"), ("product", "quarter"),
        ("size", "month"),
    )),
    *(QUARTER.grouped(one).split(other) for one, other in (
        ("region", "industry"), ("product", "quarter"),
    )),
    YEAR.grouped("quarter"),
)  # fmt: skip


def asked(figure: Figure) -> list[View]:
    """Give the views that a page may ask the figure for: those alike to its query once."""
    query = library.find(figure.query)
    is_by_time = query.name == "renewal_rates" and figure.name.endswith("period")
    views = [view for view in GROUPED if (view.group_by == "quarter") == is_by_time]
    if query.is_grouped_by("2x2"):
        views.append(YEAR.grouped("2x2"))
    distinct: dict[tuple[object, ...], View] = {}
    for view in views:
        own = figure.ask(view)
        by = {"group_by": own.group_by, "split_by": own.split_by}
        days = {"first_day": own.start, "last_day": own.end}
        held = tuple((by | days).get(name) for name in query.parameters)
        distinct.setdefault((own.as_of, own.filters, held), view)
    return list(distinct.values())


def marks(figure: Figure, view: View, language: str) -> list[Row]:
    """Give the rows that are bound to the figure's chart."""
    codes = Reading(data.ask, language, "CNY").answer(figure, view)
    rows = wording.beside(figure, codes, language).to_pylist()
    return [row for row in rows if not row.get("is_total") and row.get("kind") != "cell"]


def few(rows: list[Row], most: int) -> list[Row]:
    """Give some of many, from end to end: each list is a query."""
    return [*rows[: -1 : max(1, len(rows) // most)], *rows[-1:]]


def picked(figure: Figure, row: Row) -> Iterator[tuple[dict[str, str], str]]:
    """Give what the page is told when a reader selects a mark, codes alone, and its count."""
    told = {name: row[code_of(name)] for name in figure.tells if code_of(name) in row}
    if not figure.bars:
        yield told, figure.counts
    for code, counts in figure.bars:
        yield {**told, figure.tells[-1]: code}, counts


@pytest.mark.parametrize("figure", LEADING, ids=lambda one: one.name)
@pytest.mark.parametrize(
    "company", ["sample-en", "rude"]
)  # one after the other: each is opened once
def test_a_mark_counts_the_rows_of_its_list(opened: Open, company: str, figure: Figure) -> None:
    """Through the address and back; a mark of nothing lists nothing."""
    opened(company)
    counted = 0
    for view in asked(figure):
        for row in few(marks(figure, view, "en"), MOST[company]):
            for mark, counts in picked(figure, row):
                choice = address.read({"drill": drill.written(figure, mark)}, "en")
                found = drill.read(figure, address.read(address.written(choice), "en").drill)
                assert found == mark
                its_view, own = drill.listed(figure, view, found)
                listed = data.ask(FIGURES[figure.listed].query, its_view, **own)
                assert len(listed) == row[counts], (view, found)
                counted += len(listed)
    assert counted or company == "rude"  # nobody there has answered, or moved


@pytest.mark.parametrize("company", ["sample-zh", "rude"])
def test_two_marks_never_have_one_name(opened: Open, company: str) -> None:
    """What a file calls 未知 stands beside what no file says, and both can be picked."""
    opened(company)
    for figure in LEADING:
        for view, language in itertools.product(asked(figure), LANGUAGES):
            names: dict[tuple[str, ...], tuple[str, ...]] = {}
            for row in marks(figure, view, language):
                told = [column for column in figure.tells if column in row]
                code = tuple(row[code_of(column)] for column in told)
                said = tuple(row[column] for column in told)
                assert names.setdefault(said, code) == code, (figure.name, view)


def test_every_figure_leads_to_members() -> None:
    """By its marks, its rows, its tiles, as a whole, or by its cells: none is without."""
    tiles = {one.query for name, one in FIGURES.items() if name.startswith("tile_")}
    for figure in FIGURES.values():
        query = library.find(figure.query)
        by_row = opens.BY_COLUMN.keys() & query.kinds.keys()
        as_a_whole = query.name in tiles or text.has(f"drill.all.{figure.name}")
        assert figure.tells or by_row or as_a_whole or figure.name in CELLS, figure.name
        if figure.behind:
            assert opens.BY_COLUMN.keys() & library.find(FIGURES[figure.listed].query).kinds.keys()


@pytest.mark.parametrize("name", CELLS)
def test_a_cell_counts_the_rows_of_its_list(opened: Open, name: str) -> None:
    """What a page lists beside its grid are as many as the cell says."""
    opened("sample-en")
    query, listed, columns = CELLS[name]
    cells = [row for row in data.ask(query, YEAR).to_pylist() if row.get("kind") != "way"]
    for row in cells:
        rows = data.ask(listed, YEAR, **{column: row[column] for column in columns})
        assert len(rows) == row["customers"], row
    assert sum(row["customers"] for row in cells)


@pytest.mark.parametrize("company", ["sample-en", "rude"])
@pytest.mark.parametrize("step", ["month", "quarter", "year"])
def test_a_bar_is_the_sum_of_its_list(opened: Open, company: str, step: str) -> None:
    """What customers added or took adds up to the bar of ARR moved."""
    opened(company)
    figure, view = FIGURES["arr_periods"], View(AS_OF).grouped(step)
    for period in Reading(data.ask, "en", "CNY").answer(figure, view).to_pylist():
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
            settled(page)  # a click while it is drawn anew meets nothing
            label = chart.locator(".role-axis-label text").filter(has_text=name)
            box = label.filter(has_text=name).last.bounding_box()
            whole = chart.bounding_box()
            assert box
            assert whole
            page.mouse.click(whole["x"] + whole["width"] / 2, box["y"] + box["height"] / 2)
            title = page.locator(".st-key-behind_renewals_by_segment h2")
            expect(title).to_contain_text(
                re.compile(rf"^{re.escape(name)}：\d+ 份合同"), timeout=WAIT
            )
            assert unquote(page.url).endswith(f"drill=segment={code}")
        watched.check()
