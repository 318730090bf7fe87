"""How a page is read: answers asked in codes, told in one language; and what it says, as values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

import pyarrow as pa

from tend.figures.figure import Figure
from tend.language import format, text
from tend.view import DIMENSIONS, View

Row = dict[str, Any]
Ask = Callable[..., pa.Table]
# How a number that stands alone is written, by its kind.
_WRITTEN: Mapping[str, Callable[[Any, str], str]] = MappingProxyType(
    {
        "money": format.money,
        "rate": format.rate,
        "date": format.day,
        "count": lambda value, _: format.count(value),
        "number": lambda value, _: format.times(value),
        "nps": lambda value, _: format.signed(value),
    }
)


class Line(str):
    """A line beneath a number, and how it is drawn: what of it stands out, what is only noted."""

    strong: str
    said: str
    note: str
    about: str
    hint: str

    def __new__(
        cls, said: str, *, strong: str = "", note: str = "", about: str = "", hint: str = ""
    ) -> "Line":
        """Give the whole as a text: what is strong, what is said, and what is noted of it."""
        line = super().__new__(cls, " ".join(part for part in (strong, said, note) if part))
        line.strong, line.said, line.note, line.about, line.hint = strong, said, note, about, hint
        return line


@dataclass(frozen=True)
class Lead:
    """The sentence a page begins with, and the lines beneath it."""

    sentence: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Number:
    """A headline number: its code, its plain value and kind, and how people read it."""

    name: str
    label: str
    value: float | date | None
    kind: str
    written: str
    lines: tuple[Line, ...] = ()
    definition: str = ""


@dataclass(frozen=True)
class Reading:
    """Whom answers are told to: how they are asked, in which language, amounts in which currency.

    `ask(query, view, **given)` gives a table in codes. The currency goes by its name.
    """

    ask: Ask
    language: str
    currency: str
    dimensions: tuple[str, ...] = DIMENSIONS
    whose: tuple[str, ...] | None = None  # CSMs whose customers alone are told of

    def say(self, key: str, **told: object) -> str:
        """Give a text."""
        return text.say(key, self.language, **told)

    def answer(self, figure: Figure, view: View) -> pa.Table:
        """Give the rows of a figure, in codes: the query's answer, and the total if it has one."""
        asked = figure.ask(view)
        table = self.ask(figure.query, asked, **dict(figure.given))
        if not figure.with_total:
            return table
        total = self.ask(figure.query, asked.grouped(None))
        flags = pa.array([False] * len(table) + [True] * len(total), pa.bool_())
        return pa.concat_tables([table, total]).append_column("is_total", flags)

    def one(self, query: str, view: View, **given: object) -> Row:
        """Give the row that speaks of all, of a query that always has one."""
        return self.rows(query, view, **given)[0]

    def first(self, query: str, view: View) -> Row | None:
        """Give the row of all together, where there is anything."""
        return next(iter(self.rows(query, view.grouped(None))), None)

    def rows(self, query: str, view: View, **given: object) -> list[Row]:
        """Give the rows of a query."""
        rows: list[Row] = self.ask(query, view, **given).to_pylist()
        return rows

    def money(self, value: float | None) -> str:
        """Write an amount among others."""
        return format.money(value, self.language)

    def amount(self, value: float | None) -> str:
        """Write an amount that stands alone, with its currency."""
        said = self.money(value)
        return said if value is None else self.say("ui.amount", amount=said, currency=self.currency)

    def rate(self, value: float | None) -> str:
        """Write a fraction as per cent."""
        return format.rate(value, self.language)

    def day(self, value: date | None) -> str:
        """Write a day."""
        return format.day(value, self.language)

    def number(
        self,
        name: str,
        label: str,
        value: float | date | None,
        kind: str,
        *lines: Line | str,
        definition: str = "",
    ) -> Number:
        """Give a headline number, written by its kind, with the lines that say anything."""
        said = tuple(one if isinstance(one, Line) else Line(one) for one in lines if one)
        written = format.MISSING if value is None else _WRITTEN[kind](value, self.language)
        return Number(name, label, value, kind, written, said, definition)

    def sentences(self, *said: str) -> str:
        """Write sentences after each other."""
        return format.sentences([one for one in said if one], self.language)

    def listed(self, names: list[str]) -> str:
        """Join names as a list is written."""
        return format.listed(names, self.language)

    def options(self, view: View) -> Mapping[str, list[tuple[str, int]]]:
        """Give each filter's values with their customers; only filters that have values at all."""
        plain = View(view.as_of, filters=view.filters)
        found: dict[str, list[tuple[str, int]]] = {name: [] for name in self.dimensions}
        for row in self.rows("filter_options", plain, dimensions=self.dimensions):
            found[row["dimension"]].append((row["value"], row["customers"]))
        return {
            name: values for name, values in found.items() if any(v != "unknown" for v, _ in values)
        }

    def splits(self, view: View) -> list[str]:
        """Give what a figure can be split by: dimensions with more than one value or any name."""
        offered = self.options(View(view.as_of))
        return [name for name in self.dimensions if name in offered] or ["contract_type"]
