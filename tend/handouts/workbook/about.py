"""The last two sheets: what every number means, and which files and data sets it stands on."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pyarrow as pa

from tend.figures import wording
from tend.figures.reading import Number, Reading, Row
from tend.handouts.told import Shown
from tend.handouts.workbook.blocks import Block, Line, Sheet, Table
from tend.language import format
from tend.queries import library
from tend.view import View

_TERMS = ("name", "term", "definition")
_FIGURES = ("sheet", "figure", "definition", "query")
# How new each data set is, and which sheets of which files it stands on.
_FRESH, _CAME = "data_sets", "imported_sheets"
_TOLD = {
    _FRESH: ("dataset", "rows", "customers", "latest", "age_days"),
    _CAME: ("dataset", "file", "sheet", "accepted", "rejected", "imported_at"),
}


def definitions(
    reading: Reading, numbers: Iterable[Number], shown: Iterable[tuple[str, Shown]]
) -> Sheet:
    """Give the definitions of headline numbers and of all figures, by sheet."""
    terms = [(one.name, one.label, one.definition) for one in numbers]
    figures = [
        (sheet, _asked(reading, one), one.definition, one.figure.query) for sheet, one in shown
    ]
    how = reading.say("workbook.definitions.how")
    blocks = (
        *_headed(reading, "definitions", how),
        *_titled(reading, "definitions.numbers"),
        _table(reading, "definitions", "numbers", _TERMS, terms),
        *_titled(reading, "definitions.figures"),
        _table(reading, "definitions", "figures", _FIGURES, figures),
    )
    return Sheet(reading.say("workbook.sheets.definitions"), blocks)


def sources(reading: Reading, view: View) -> Sheet:
    """Give how new each data set is, and the sheets whose rows count."""
    seen = View(view.as_of)
    there = [row for row in reading.rows(_FRESH, seen) if row["rows"]]
    came = reading.rows(_CAME, seen)
    files = {row["import_id"] for row in came if row["import_id"] is not None}
    day = reading.day(view.as_of)
    blocks: tuple[Block, ...] = (
        *_headed(reading, "sources", files=format.count(len(files))),
        *_titled(reading, "sources.data_sets"),
        Line(reading.say("workbook.sources.data_sets_unit", day=day), "unit"),
        *_answer(reading, _FRESH, there),
        *_titled(reading, "sources.files"),
        Line(reading.say("workbook.sources.files_unit"), "unit"),
        *_answer(reading, _CAME, came),
    )
    return Sheet(reading.say("workbook.sheets.sources"), blocks)


def _headed(reading: Reading, sheet: str, *more: str, **told: str) -> Iterator[Block]:
    yield Line(reading.say(f"workbook.sheets.{sheet}"), "page")
    yield Line(reading.say(f"workbook.{sheet}.lead", **told), "finding")
    for line in more:
        yield Line(line)


def _titled(reading: Reading, key: str) -> Iterator[Block]:
    yield Line("")
    yield Line(reading.say(f"workbook.{key}"), "title", begins=True)


def _table(
    reading: Reading, sheet: str, name: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> Table:
    turned = zip(*rows, strict=True) if rows else ([] for _ in columns)
    return Table(
        f"{sheet}_{name}",
        pa.table({column: list(values) for column, values in zip(columns, turned, strict=True)}),
        {column: reading.say(f"workbook.{sheet}.{column}") for column in columns},
        {},
        room={"definition": 90.0, "figure": 40.0},
    )


def _asked(reading: Reading, shown: Shown) -> str:
    """Give the question of a figure, whatever its data say."""
    return reading.say(shown.figure.key("title"))


def _answer(reading: Reading, query: str, rows: Sequence[Row]) -> Iterator[Block]:
    """Give the answer of a query with its codes in words, if there is any."""
    if not rows:
        yield Line(reading.say("workbook.sources.none"))
        return
    table = wording.worded(query, pa.Table.from_pylist(rows), reading.language)
    table = table.select(_TOLD[query])
    yield Table(
        query,
        table,
        {name: wording.dimension(name, reading.language) for name in table.column_names},
        library.find(query).kinds,
    )
