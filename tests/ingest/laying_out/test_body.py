"""Random tables in random layouts, written and read back: the same facts, every row counted."""

import csv
import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tend import schema
from tend.ingest import pipeline
from tend.ingest.reading import csv_text, files
from tend.ingest.results import Decision, Known, Limits, Options, SheetResult

COLUMNS = ("contract_id", "customer_name", "start_date", "end_date", "amount")
Fact = tuple[str, str, dt.date, dt.date, float]
DATES: dict[str, Callable[[dt.date], object]] = {
    "iso": lambda d: d.isoformat(),
    "slash": lambda d: f"{d.year}/{d.month}/{d.day}",
    "dot": lambda d: f"{d.year}.{d.month:02}.{d.day:02}",
    "plain": lambda d: f"{d:%Y%m%d}",
    "han": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "english": lambda d: f"{d:%b} {d.day}, {d.year}",
    "dmy": lambda d: f"{d.day:02}/{d.month:02}/{d.year}",
    "mdy": lambda d: f"{d.month}/{d.day}/{d.year}",
    "serial": lambda d: (d - dt.date(1899, 12, 30)).days,
    "real": lambda d: d,
}
NUMBERS: dict[str, Callable[[float], object]] = {
    "plain": lambda a: f"{a:.2f}",
    "thousands": lambda a: f"{a:,.2f}",
    "sign": lambda a: f"¥{a:,.2f}",
    "unit": lambda a: f"{a:,.2f}元",
    "wan": lambda a: f"{a / 10_000:.6f}万",
    "comma": lambda a: f"{a:,.2f}".translate(str.maketrans(",.", ".,")),
    "wide": lambda a: f"{a:.2f}".translate(str.maketrans("0123456789.", "０１２３４５６７８９．")),
    "spaces": lambda a: f" {a:.2f} ",
    "real": lambda a: a,
}
TITLES: tuple[list[object], ...] = (
    ["2024年续费台账"],
    ["制表：王五", None, "单位：元"],
    [],
    ["Contracts of the team"],
)
TOTALS: tuple[list[object], ...] = (["合计"], ["总计："], ["Total"], [None, "小计"])


@dataclass(frozen=True)
class Layout:
    """How a table is put on a sheet."""

    kind: str  # xlsx, csv
    titles: list[list[object]]
    order: list[int]
    blank_columns: frozenset[int]
    blank_rows: frozenset[int]
    header_again: int
    total: list[object] | None
    headers: list[str]
    date: str
    number: str
    delimiter: str
    encoding: str


@st.composite
def facts(draw: st.DrawFn) -> list[Fact]:
    """Some contracts, each with a number and a customer of its own."""
    letters = st.text("甲乙丙丁戊己庚辛ABCxyzé&-.'’（）", min_size=1, max_size=12)
    found: list[Fact] = []
    for number in range(draw(st.integers(1, 12))):
        start = draw(st.dates(dt.date(2015, 1, 1), dt.date(2029, 12, 31)))
        end = start + dt.timedelta(draw(st.integers(1, 1200)))
        amount = draw(st.integers(1_000_00, 9_999_999_00)) / 100
        name = f"公司{draw(letters)}{number}号"
        found.append((f"HT-{number:03}", name, start, end, amount))
    return found


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    """One of very many ways people put such a table on a sheet."""
    kind = draw(st.sampled_from(("xlsx", "csv")))
    language = draw(st.sampled_from(("en", "zh")))
    columns = schema.DATASETS["contracts"].columns
    headers = [draw(st.sampled_from(columns[c].headers[language][:4])) for c in COLUMNS]
    texts = [name for name in DATES if name != "real"], [n for n in NUMBERS if n != "real"]
    return Layout(
        kind,
        draw(st.lists(st.sampled_from(TITLES), max_size=3)),
        draw(st.permutations(range(len(COLUMNS)))),
        draw(st.frozensets(st.integers(0, 5), max_size=2)),
        draw(st.frozensets(st.integers(0, 12), max_size=3)),
        draw(st.integers(0, 5)),
        draw(st.none() | st.sampled_from(TOTALS)),
        headers,
        draw(st.sampled_from(texts[0] if kind == "csv" else list(DATES))),
        draw(st.sampled_from(texts[1] if kind == "csv" else list(NUMBERS))),
        draw(st.sampled_from(",;\t|")),
        draw(st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "gb18030"))),
    )


def lines(table: list[Fact], layout: Layout) -> tuple[list[list[object]], int]:
    """Give the sheet's lines, and how many below the header are no data."""
    body: list[list[object]] = []
    skipped = 0
    for number, (id_, name, start, end, amount) in enumerate(table):
        if number and number in layout.blank_rows:
            body.append([None] * len(COLUMNS))
            skipped += 1
        if number and layout.header_again and number % layout.header_again == 0:
            body.append(list(layout.headers))
            skipped += 1
        write = DATES[layout.date]
        body.append([id_, name, write(start), write(end), NUMBERS[layout.number](amount)])
    head: list[object] = [*layout.headers]
    placed = [_placed(row, layout) for row in [head, *body]]
    if layout.total is not None:
        placed.append(layout.total)
        skipped += 1
    return [*layout.titles, *placed], skipped


def _placed(row: list[object], layout: Layout) -> list[object]:
    found: list[object] = []
    for position, column in enumerate(layout.order):
        if position in layout.blank_columns:
            found.append(None)
        found.append(row[column])
    return found


def read(rows: list[list[object]], layout: Layout) -> SheetResult:
    """Write the lines to a file, read it as the reader does, and check it."""
    with TemporaryDirectory() as name:
        source = Path(name) / f"book.{layout.kind}"
        if layout.kind == "csv":
            out = io.StringIO()
            csv.writer(out, delimiter=layout.delimiter).writerows(rows)
            source.write_bytes(out.getvalue().encode(layout.encoding))
        else:
            book = openpyxl.Workbook()
            for row in rows:
                book.worksheets[0].append(row)
            book.save(source)
        sheets = [replace(one, name="book") for one in files.read(source, Limits())]
    order = layout.date if layout.date in ("dmy", "mdy") else None
    options = Options(date_order=order)
    (result,) = pipeline.check_sheets(sheets, Known(), options, lambda _step, _share: None)
    return result


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(facts(), layouts())
def test_any_layout_gives_the_same_facts(table: list[Fact], layout: Layout) -> None:
    """Titles, blanks, totals, order, language, formats and encodings do not change the facts."""
    rows, skipped = lines(table, layout)
    result = read(rows, layout)
    assert result.dataset == "contracts", result.reason
    assert (result.accepted, result.rejected) == (len(table), 0), result.problems
    assert (result.rows, result.skipped) == (len(table) + skipped, skipped)
    assert result.facts is not None
    found = [tuple(row[c] for c in COLUMNS) for row in result.facts.to_pylist()]
    near = [(*f[:4], round(f[4], 2)) for f in found]
    assert near == [tuple(f) for f in table]
    assert all(isinstance(d, Decision) and d.message("zh") for d in result.decisions)


def test_text_is_what_was_written() -> None:
    """Text in quotes comes back as it was; only its lines may not be lines of the table (M1)."""

    @settings(max_examples=200, deadline=None, derandomize=True)
    @given(st.lists(st.lists(st.text("甲乙a,;|\t\"' \n0", max_size=8), min_size=3, max_size=3), min_size=1, max_size=8), st.sampled_from(",;\t|"))  # fmt: skip
    def check(rows: list[list[str]], delimiter: str) -> None:
        assume(not any("\n" in cell and delimiter in cell for row in rows for cell in row))
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([["a", "b", "c"], *rows])  # fmt: skip
        table, *_ = csv_text.read(f"sep={delimiter}\n{out.getvalue()}".encode(), Limits())
        found = [list(row) for row in zip(*(c.to_pylist() for c in table.columns), strict=True)]
        assert found[1:] == rows

    check()
