"""Figures as tables of a sheet: numbers stay numbers, words are words, states keep their ink."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tend.figures import doubts, moves, palette, wording
from tend.figures.reading import Reading
from tend.handouts.told import Shown
from tend.handouts.workbook.blocks import Block, Graph, Line, Table
from tend.handouts.workbook.contents import Cross, Part
from tend.handouts.workbook.native import Native
from tend.language import format
from tend.queries import library
from tend.queries.kinds import Kind

# What Excel has room for beneath the title of a table.
MOST_ROWS = 1_000_000
# The row of all together is no mark of a chart.
_ALL = "all"
_TRUE = "✓"
# Columns that hold sentences.
_ROOM = MappingProxyType({"way": 34.0, "why": 60.0, "because": 34.0})


def blocks(reading: Reading, shown: Shown, part: Part) -> Iterator[Block]:
    """Give a figure from its title on: what it says, its chart, its table, or why there is none."""
    yield Line("")
    yield Line(shown.title, "title", begins=True)
    yield from (Line(one, "unit") for one in _beneath(reading, shown) if one)
    codes = shown.codes.slice(0, MOST_ROWS)
    if not len(codes):
        yield Line(shown.empty)
        return
    if len(codes) < len(shown.codes):
        told = {"rows": format.count(len(codes)), "all": format.count(len(shown.codes))}
        yield Line(reading.say("workbook.cut", **told))
    if part.drawn:
        yield from _graph(reading, part.figure, part.drawn, codes)
    yield (
        _turned(reading, shown, codes, part.cross)
        if part.cross
        else _plain(reading, codes, part, shown)
    )


def _beneath(reading: Reading, shown: Shown) -> Iterator[str]:
    """Say beneath a finding what was asked, of which days, and where its data end."""
    question = reading.say(shown.figure.key("title"))
    asked, days = shown.figure.ask(shown.view), ""
    if asked.start:
        days = reading.say("week.since_day", day=reading.day(asked.start))
    if asked.start and asked.end:
        days = format.span(asked.start, asked.end, reading.language)
    yield " · ".join(one for one in (question if question != shown.title else "", days) if one)
    yield from doubts.data_ends(reading, shown.view.as_of, *shown.figure.stands_on)


def _graph(reading: Reading, name: str, drawn: Native, codes: pa.Table) -> Iterator[Block]:
    """Give the chart of a table; what is not finished is told beneath it."""
    along = [str(code) for code in codes[drawn.along].to_pylist()]
    rows = along.index(_ALL) if _ALL in along else len(along)
    flags = codes[drawn.unfinished].to_pylist() if drawn.unfinished else []
    hollow = frozenset(place for place, flag in enumerate(flags) if flag)
    is_line = drawn.kind == "line"
    if is_line:
        rows = min((rows, *hollow))
    if rows:
        yield Graph(name, drawn, rows, frozenset() if is_line else hollow)
    if hollow:
        yield Line(reading.say(f"workbook.{'left_out' if is_line else 'unfinished'}"), "unit")


def _plain(reading: Reading, codes: pa.Table, part: Part, shown: Shown) -> Table:
    """Give the columns of a figure that are wanted on its sheet, where they say anything."""
    query = library.find(shown.figure.query)
    words = _readable(reading, wording.worded(query.name, codes, reading.language), query.kinds)
    wanted = part.columns or shown.figure.columns or tuple(words.column_names)
    names = [n for n in wanted if n in words.column_names and words[n].null_count < len(words)]
    return Table(
        part.figure,
        words.select(names),
        {name: wording.dimension(name, reading.language) for name in names},
        query.kinds,
        states=_states(query.kinds, codes, names),
        bars=tuple(name for name in part.bars if name in names),
        formats={"days_left": days_left(reading)},
        room=_ROOM,
    )


def _readable(reading: Reading, words: pa.Table, kinds: Mapping[str, Kind]) -> pa.Table:
    """Give flags as marks, the row of all its name, and the way of a customer that moved."""
    for place, field in enumerate(words.schema):
        column = words.column(place)
        if pa.types.is_boolean(field.type):
            words = words.set_column(place, field.name, pc.if_else(column, _TRUE, None))
        elif place == 0 and field.name in kinds and kinds[field.name].name == "label":
            words = words.set_column(
                place, field.name, pc.fill_null(column, reading.say("values.all"))
            )
    ends = [name for name in ("from_quadrant", "to_quadrant") if name in words.column_names]
    if len(ends) == 2 and "way" not in words.column_names:
        rows = words.select(ends).to_pylist()
        ways = [moves.way_of(row | {"sides": moves.SIDES}, reading.language) for row in rows]
        words = words.append_column("way", pa.array(ways, pa.string()))
    return words


def _states(
    kinds: Mapping[str, Kind], codes: pa.Table, names: Sequence[str]
) -> Mapping[str, tuple[str | None, ...]]:
    """Give the state of each row for the columns whose words are states."""
    return {
        name: tuple(palette.state(kinds[name].room, code) for code in codes[name].to_pylist())
        for name in names
        if name in kinds and kinds[name].room in palette.STATES
    }


def _turned(reading: Reading, shown: Shown, codes: pa.Table, cross: Cross) -> Table:
    """Turn a table to rows and columns; the path of each row is drawn at its end."""
    kinds, query = library.find(shown.figure.query).kinds, shown.figure.query
    words = wording.worded(query, codes, reading.language)
    down, across = (
        [wording.cell(kinds[name], value, reading.language) for value in words[name].to_pylist()]
        for name in (cross.down, cross.across)
    )
    heads = {cross.down: wording.dimension(cross.down, reading.language)}
    columns: dict[str, list[Any]] = {cross.down: list(dict.fromkeys(down))}
    held: dict[str, Kind] = {}
    for value in cross.values:
        found = dict(zip(zip(down, across, strict=True), codes[value].to_pylist(), strict=True))
        for column in _in_order(across, codes, cross.place):
            name = f"{value}_{len(columns)}"
            columns[name] = [found.get((line, column)) for line in columns[cross.down]]
            heads[name] = column
            if value != cross.values[0]:
                heads[name] += f" · {wording.dimension(value, reading.language)}"
            held[name] = kinds[value]
    names = tuple(held)
    return Table(
        shown.figure.name,
        pa.table(columns),
        heads,
        held,
        heat=names if kinds[cross.values[0]].is_rate else (),
        path=names if cross.place else (),
        path_head=reading.say("workbook.numbers.path"),
    )


def _in_order(across: Sequence[str], codes: pa.Table, place: str) -> list[str]:
    """Give what goes across, each once, by its place, else as it comes."""
    if not place:
        return list(dict.fromkeys(across))
    first = dict(zip(across, codes[place].to_pylist(), strict=True))
    return sorted(first, key=lambda name: first[name])


def days_left(reading: Reading) -> str:
    """Give the format that says of a number of days when a contract ends."""
    ahead, late = (
        '"' + reading.say(f"workbook.days_left.{key}", days='"0"') + '"'
        for key in ("ahead", "late")
    )
    # one that begins with the number would begin with an empty text
    ahead, late = (one.removeprefix('""') for one in (ahead, late))
    return f'{ahead};{late};"{reading.say("workbook.days_left.today")}"'
