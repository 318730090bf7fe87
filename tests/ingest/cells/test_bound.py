"""No cell, however long and of whatever signs, holds the reading up."""

import time
from collections.abc import Callable
from itertools import product

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tend.ingest.cells import amounts, dates, kinds, meanings, numbers, satisfaction, terms, zones
from tend.ingest.checking.columns import ends
from tend.ingest.laying_out import header_lines, skipped
from tend.ingest.mapping import choice, suggest
from tend.ingest.reading.workbook_xml import _scan
from tend.schema import headers
from tests.ingest.conftest import Check, check_all

LONGEST = 32_767
# What a pattern over so many characters takes when it is linear, twentyfold; a quadratic one takes
# a thousand times as long.
SECONDS = 0.25
PIECES = (
    " ", "\t", "\u3000", "0", "1", "2024", "(", ")", "[", "】", "（", "/", "//", "-", "- ", "—", "–",
    "'", '"', ",", ".", ";", ":", "+", "~", "%", "#", "*", "_", "e", "a", "t", "x", "年", "月", "日",
    "至", "二", "十", "〇", "周", "上午", "万", "元", "合计", "total", "to ", "1-", "1/", "1,", "(1)",
    "2024-01-01", " 2024-", "jan", "q1", "12:", "in ", "/in ", "人", "分", "\u00a5", "\ufdfa",
)  # fmt: skip
HEADS = ("", "2024-01-01", "12,000", "合计", "(", "Amount", "10 - ", "2024-01-01 至 ", "5/")
TAILS = ("", "x", ")", "1", "日", "年", "%", "止", "!")


@st.composite
def long_cells(draw: st.DrawFn) -> str:
    """A head, runs of one or several signs up to the longest a cell may be, and a tail."""
    runs = draw(
        st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=3), min_size=1, max_size=3)
    )
    each = draw(st.sampled_from((70, 1_200, LONGEST))) // len(runs)
    middle = "".join(("".join(run) * each)[:each] for run in runs)
    return f"{draw(st.sampled_from(HEADS))}{middle}{draw(st.sampled_from(TAILS))}"[:LONGEST]


LOOKS: dict[str, Callable[[str], object]] = {
    "date": dates.parse,
    "bare date": dates.bare,
    "order": lambda t: dates.decide_order([dates.bare(t)]),
    "ambiguous": dates.is_ambiguous,
    "number": numbers.parse,
    "amount": amounts.parse,
    "interval": amounts.interval,
    "term": terms.parse,
    "scale": satisfaction.scale_of,
    "moment": lambda t: zones.localised([t], ""),
    "end": lambda t: ends.read(pa.array([t]), kinds.PLAIN),
    "mark": lambda t: numbers.decimal_mark([t]),
    "currency": numbers.currency,
    "hours": meanings.hours,
    "nps": meanings.nps,
    "size": meanings.size_number,
    "outcome": lambda t: meanings.outcome(t, is_churn=False),
    "sentiment": meanings.sentiment,
    "range": meanings.is_range,
    "total": skipped._is_total_word,
    "note": lambda t: skipped._is_note([t]),
    "csat": lambda t: satisfaction.points(pa.array([t]), is_typed=False),
    "numbers": lambda t: kinds.read_numbers(pa.array([t]), is_typed=False),
    "shares": lambda t: kinds.read_shares(pa.array([t]), is_typed=False),
    "kind": lambda t: suggest._kind(pa.array([t])),
    "label": lambda t: choice.is_label(pa.array([t])),
    "code": lambda t: choice._share(pa.array([t]), choice._CODE),
    "header": lambda t: headers.ranks.__wrapped__(header_lines._short(t), "contracts"),
    "header key": lambda t: headers.keys.__wrapped__(header_lines._short(t)),
    "header unit": lambda t: numbers.header_unit(header_lines._short(t)),
    "header line": lambda t: header_lines.likely(pa.table({"c0": [t], "c1": ["x"]}), sure=False),
}  # fmt: skip


@pytest.mark.parametrize("name", LOOKS)
def test_every_look_at_a_cell_is_quick(name: str) -> None:
    """A cell of 32,767 signs of any kind is looked at in the time a linear pattern takes."""
    LOOKS[name]("warm up")
    for head, piece, tail in product(HEADS, PIECES, ("x", "1")):
        look(name, f"{head}{piece * LONGEST}"[: LONGEST - 1] + tail)

    @settings(
        max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(long_cells())
    def check(cell: str) -> None:
        look(name, cell)

    check()


def look(name: str, cell: str) -> None:
    """Look at a cell in one way, in bounded time."""
    start = time.process_time()
    LOOKS[name](cell)
    assert time.process_time() - start < SECONDS, (cell[:40], len(cell))


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(long_cells(), min_size=4, max_size=4))
def test_a_sheet_of_long_cells_is_quick(cells: list[str]) -> None:
    """Such cells in every column of a sheet, headers too, are read or rejected in no time."""
    head = ["Customer name", "End date", "Amount", "Renewed"]
    start = time.process_time()
    check_all(
        {"a": [head, cells, ["total", *cells[1:]]], "b": [cells, [*head[1:], head[0]], cells]}
    )
    assert time.process_time() - start < 10 * SECONDS


MARKUP = (
    "<f ", "</f>", "<f/>", "<c ", "<c>", "</c>", '<c r="A1">', "<v>", "<v/>", " ", "<mergeCell ",
    ' ref="A1:', "<x:f ", "<x:c ", '<c r="', "A", "1", "<", ">", '"', "<!-- ", "a:", "/>",
)  # fmt: skip


@settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(st.sampled_from(MARKUP), min_size=1, max_size=3), min_size=1, max_size=2))
def test_markup_is_scanned_in_one_go(runs: list[list[str]]) -> None:
    """A megabyte of any piece of markup is scanned in the time a linear pattern takes."""
    xml = "".join("".join(run) * (1_200_000 // len("".join(run)) // len(runs)) for run in runs)
    start = time.process_time()
    _scan(xml.encode())
    assert time.process_time() - start < 10 * SECONDS


def test_the_known_cell(check: Check) -> None:
    """A date, 1,200 blanks and a letter: no date, said so, at once."""
    rows = [["Customer name", "End date", "Amount"], ["Acme", f"2024-01-01{' ' * 1200}x", 5]]
    start = time.process_time()
    result = check(rows, typed=False)
    assert [p.code for p in result.problems] == ["unreadable_value"]
    assert time.process_time() - start < 10 * SECONDS


@pytest.mark.parametrize("amount", ["1e15", "-1e15", "999,999,999,999,999.99"])
def test_the_largest_amount_is_read(check: Check, amount: str) -> None:
    """Up to a thousand million million an amount is an amount."""
    result = check(
        [["Customer name", "End date", "Amount"], ["Acme", "2024-01-01", amount]], typed=False
    )
    assert result.accepted == 1


@pytest.mark.parametrize("amount", ["1.1e15", "-1e16", "1e308", "1e999", "inf", "2e8 亿", "9" * 50])
@pytest.mark.parametrize("typed", [True, False])
@pytest.mark.parametrize("header", ["Amount", "合同金额（亿元）"])
def test_amounts_no_company_has_are_unreadable(
    check: Check, amount: str, typed: bool, header: str
) -> None:
    """They are rejected with the sentence for what cannot be read, whatever their form."""
    result = check(
        [["Customer name", "End date", header], ["Acme", "2024-01-01", amount]], typed=typed
    )
    assert (result.accepted, result.rejected) == (0, 1)
    assert "unreadable_value" in {p.code for p in result.problems}


@pytest.mark.parametrize(("day", "is_read"), [("1899-12-31", False), ("1900-01-01", True), ("2199-12-31", True), ("2200-01-01", False), ("0001-01-01", False), ("9998-01-01", False)])  # fmt: skip
def test_years_have_bounds(day: str, is_read: bool) -> None:
    """Years from 1900 to 2199 are dates, others are typing errors."""
    assert (dates.parse(day) is not None) is is_read


@pytest.mark.parametrize("text", ["1.2.3 h", "1..5h", "2024-02-30 1:00", "1.5.5天"])
def test_odd_lengths_of_time_are_no_hours(text: str) -> None:
    """What looks like hours and is no number is unreadable, not an error."""
    assert meanings.hours(text) is None


def test_long_headers_are_cut_and_told(check: Check) -> None:
    """A header over 200 characters is cut, with a word about it; its rows are read."""
    head = ["Customer name", "End date", "Amount", "z" * 5_000]
    result = check([head, ["Acme", "2024-01-01", 5, "x"]])
    assert result.accepted == 1
    assert max(map(len, result.headers)) == headers.LONGEST
    assert "header_cut" in {d.code for d in result.decisions}
