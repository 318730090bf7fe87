"""What the week's slides are made of: a figure's table, its notes, and what has no data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tend.figures import pages, wording
from tend.figures.collection import FIGURES
from tend.figures.reading import Number as Told
from tend.figures.reading import Reading
from tend.handouts import told
from tend.handouts.slides.kit.values import Cell, Number, Table
from tend.handouts.told import Shown, Signature
from tend.language import format
from tend.queries import library
from tend.queries.kinds import Kind
from tend.view import View

Row = Mapping[str, Any]
STATES = ("at_risk", "average", "healthy", "unknown")
# As many rows as people in the last row of a room can read.
ROWS = 10
_NUMBERS = 4


@dataclass(frozen=True)
class Telling:
    """What all slides of a deck are told of."""

    reading: Reading
    view: View
    signature: Signature

    def say(self, key: str, **words: object) -> str:
        """Give a text of the deck."""
        return self.reading.say(f"slides.{key}", **words)


@dataclass(frozen=True)
class Lack:
    """What would be a slide, had it data: its title, and what is missing or good."""

    title: str
    why: str


def shown(telling: Telling, page: str, name: str) -> Shown:
    """Give a figure as its page shows it."""
    figure = FIGURES[name]
    view = told.opened(telling.reading, page, telling.view)
    return told.shown(telling.reading, figure, pages.asked(page, figure, view))


def table(one: Shown, reading: Reading, columns: Sequence[str], most: int = ROWS) -> Table:
    """Give the first rows of a figure as a table: amounts short, states in their ink."""
    names = [name for name in columns if name in one.table.column_names]
    rows = one.table.slice(0, most).to_pylist()
    codes = one.codes.slice(0, most).to_pylist()
    return Table(
        tuple(one.heads[name] for name in names),
        tuple(
            tuple(_cell(one.kinds[name], name, row, code, reading) for name in names)
            for row, code in zip(rows, codes, strict=True)
        ),
        tuple(one.kinds[name].digits is not None for name in names),
    )


def _cell(kind: Kind, name: str, row: Row, code: Row, reading: Reading) -> Cell:
    value = row[name]
    written = reading.money(value) if kind.is_money else wording.cell(kind, value, reading.language)
    state = code.get(name)
    return Cell(written, state if kind.room == "states" and state in STATES else "ink")


def first_of(telling: Telling, one: Shown, most: int = ROWS) -> str:
    """Say how many of a list are shown, and in which currency its amounts are."""
    listed = len(one.codes)
    said = [telling.reading.say("ui.amounts_in", currency=telling.reading.currency)]
    if listed > most:
        counts = {"shown": format.count(most), "all": format.count(listed)}
        said.insert(0, telling.say("first", **counts))
    return " · ".join(said)


def numbers(told_numbers: Sequence[Told], names: Sequence[str]) -> tuple[Number, ...]:
    """Give the headline numbers of these names, each with what is said first beneath it."""
    by_name = {one.name: one for one in told_numbers}
    found = [by_name[name] for name in names if name in by_name][:_NUMBERS]
    return tuple(
        Number(one.written, one.label, str(one.lines[0]) if one.lines else "") for one in found
    )


def notes(telling: Telling, *figures: Shown) -> tuple[str, ...]:
    """Say how the figures of a slide are made, of which day and filters, and what to ask again."""
    sign = telling.signature
    said = [f"{one.title}\n{one.definition}\n{one.unit}" for one in figures]
    days = telling.reading.say("slides.notes.days", days=sign.days) if sign.days else ""
    lines = [line for text in said for line in text.split("\n") if line]
    lines.append(telling.say("notes.day", day=sign.day, filters=sign.filters))
    asked = {command(one.figure.query, one.figure.ask(one.view)): None for one in figures}
    sources = [telling.say("notes.source", command=one) for one in asked]
    made = telling.say("notes.made", version=sign.version, moment=sign.made_at)
    return tuple(one for one in (*lines, days, *sources, made) if one)


def command(query: str, view: View) -> str:
    """Give the command that asks the same of the workspace; the query takes no more than it has."""
    takes = library.find(query).parameters
    words = ["python -m tend query", query, "--as-of", view.as_of.isoformat()]
    if "first_day" in takes:
        days = (("--from", view.start), ("--to", view.end))
        words += [part for flag, day in days if day for part in (flag, day.isoformat())]
    if "group_by" in takes and view.group_by:
        words += ["--group-by", view.group_by]
    for name, values in view.filters:
        words += [part for value in values for part in ("--filter", f'"{name}={value}"')]
    return " ".join(words)
