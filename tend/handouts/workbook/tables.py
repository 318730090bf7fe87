"""Figures as tables of a sheet: numbers stay numbers, words are words, states keep their ink."""

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from tend.figures import palette, wording
from tend.figures.reading import Reading
from tend.handouts.told import Shown
from tend.handouts.workbook.blocks import Block, Graph, Line, Table
from tend.handouts.workbook.contents import Part
from tend.handouts.workbook.native import Native
from tend.language import format
from tend.queries import library
from tend.queries.kinds import Kind

# What Excel has room for beneath the title of a table.
MOST_ROWS = 1_000_000
# Shown in words on a page, kept as a number here: its format says the words.
_ENDS = "ends", "days_left"


def blocks(reading: Reading, shown: Shown, part: Part) -> Iterator[Block]:
    """Give a figure from its title on: what it says, its chart, its table, or why there is none."""
    yield Line("")
    yield Line(shown.title, "title", begins=True)
    yield Line(shown.unit, "unit")
    codes = shown.codes.slice(0, MOST_ROWS)
    if not len(codes):
        yield Line(shown.empty)
        return
    if len(codes) < len(shown.codes):
        told = {"rows": format.count(len(codes)), "all": format.count(len(shown.codes))}
        yield Line(reading.say("workbook.cut", **told))
    if part.drawn:
        yield from _graph(reading, part.figure, part.drawn, codes)
    turn = _turned if part.cross else _plain
    yield turn(reading, shown, codes, part)


def _graph(reading: Reading, name: str, drawn: Native, codes: pa.Table) -> Iterator[Block]:
    """Give the chart of a table; what is not finished is told beneath it."""
    flags = codes[drawn.unfinished].to_pylist() if drawn.unfinished else []
    rows = frozenset(place for place, flag in enumerate(flags) if flag)
    yield Graph(name, drawn, rows)
    if rows:
        yield Line(reading.say("workbook.unfinished"), "unit")


def _plain(reading: Reading, shown: Shown, codes: pa.Table, part: Part) -> Table:
    """Give all columns of a figure that say anything, or those that are wanted."""
    query, (words, number) = shown.figure.query, _ENDS
    rows = wording.shown(shown.figure, codes, reading.language)
    if words in rows.column_names:
        rows = rows.set_column(rows.column_names.index(words), number, codes[number])
    rows = rows.select([n for n in part.columns or rows.column_names if n in rows.column_names])
    names, kinds = rows.column_names, library.find(query).kinds
    return Table(
        part.figure,
        rows,
        {name: wording.dimension(name, reading.language) for name in names},
        kinds,
        states=_states(kinds, codes, names),
        bars=tuple(name for name in part.bars if name in names),
        formats={number: days_left(reading)},
    )


def _states(
    kinds: Mapping[str, Kind], codes: pa.Table, names: list[str]
) -> Mapping[str, tuple[str | None, ...]]:
    """Give the state of each row for the columns whose words are states."""
    return {
        name: tuple(palette.state(kinds[name].room, code) for code in codes[name].to_pylist())
        for name in names
        if name in kinds and kinds[name].room in palette.STATES
    }


def _turned(reading: Reading, shown: Shown, codes: pa.Table, part: Part) -> Table:
    """Turn a table to rows and columns; each row's path is drawn at its end."""
    cross, kinds = part.cross, library.find(shown.figure.query).kinds
    assert cross is not None
    words = wording.worded(shown.figure.query, codes, reading.language)
    down, across = (
        [wording.cell(kinds[name], value, reading.language) for value in words[name].to_pylist()]
        for name in (cross.down, cross.across)
    )
    places = codes[cross.place].to_pylist() if cross.place else list(range(len(across)))
    columns = _in_order(across, places)
    found = dict(zip(zip(down, across, strict=True), codes[cross.value].to_pylist(), strict=True))
    lines = list(dict.fromkeys(down))
    turned = {cross.down: lines} | {
        f"c{place}": [found.get((line, column)) for line in lines]
        for place, column in enumerate(columns)
    }
    names = [name for name in turned if name != cross.down]
    return Table(
        part.figure,
        pa.table(turned),
        {cross.down: wording.dimension(cross.down, reading.language)}
        | dict(zip(names, columns, strict=True)),
        dict.fromkeys(names, kinds[cross.value]),
        path=tuple(names) if cross.place else (),
        path_head=reading.say("workbook.numbers.path"),
    )


def _in_order(across: list[str], places: Any) -> list[str]:
    """Give what goes across, each once, by its place."""
    first: dict[str, Any] = {}
    for name, place in zip(across, places, strict=True):
        first.setdefault(name, place)
    return sorted(first, key=lambda name: first[name])


def days_left(reading: Reading) -> str:
    """Give the format that says of a number of days when a contract ends."""
    ahead, late = (
        '"' + reading.say(f"workbook.days_left.{key}", days='"0"') + '"'
        for key in ("ahead", "late")
    )
    return f'{ahead};{late};"{reading.say("workbook.days_left.today")}"'
