"""What stands over a figure: what its data say, else its question, and beneath it the unit."""

import json
import re
from dataclasses import dataclass
from datetime import date
from functools import cache

import pyarrow as pa

from tend.figures import doubts, wording
from tend.figures.collection import FIGURES
from tend.figures.figure import Figure
from tend.figures.reading import Reading
from tend.language import text
from tend.queries import library
from tend.view import View

# What a sentence ends with.
_STOPS = ".。"


@dataclass(frozen=True)
class Heading:
    """The title of a figure and the lines beneath it: its unit, and where its data end."""

    title: str
    lines: tuple[str, ...]


def of(reading: Reading, figure: Figure, view: View, codes: pa.Table) -> Heading:
    """Give what stands over a figure whose rows are given in codes."""
    said = None
    if figure.finding and len(codes):
        rows = wording.beside(figure, codes, reading.language)
        said = figure.finding(rows, reading.language)
    title = said or text.say(figure.key("title"), reading.language)
    return Heading(
        title + _record(reading, figure, view), _lines(reading, figure, view.as_of, codes)
    )


def _lines(reading: Reading, figure: Figure, day: date, codes: pa.Table) -> tuple[str, ...]:
    ends = doubts.data_ends(reading, day, *figure.stands_on)
    if ends and not len(codes):  # where data are missing, "nothing there" is not known
        return tuple(ends)
    unit = text.say(figure.key("unit" if len(codes) else "empty"), reading.language)
    if len(codes) and _has_money(figure):
        amounts = reading.say("ui.amounts_in", currency=reading.currency)
        unit = f"{unit.rstrip(_STOPS)} · {amounts}"
    return (unit, *ends)


@cache
def _has_money(figure: Figure) -> bool:
    """Tell whether a figure shows amounts: in its chart, or in a column of its table."""
    kinds = library.find(figure.query).kinds
    money = [name for name, kind in kinds.items() if kind.is_money]
    if figure.chart is None:
        return any(name in (figure.columns or kinds) for name in money)
    drawn = re.findall(r"\w+", json.dumps(figure.chart(text.LANGUAGES[0], False)))
    return not set(money).isdisjoint(drawn)


def _record(reading: Reading, figure: Figure, view: View) -> str:
    """Give what another figure's data say at the end of the title."""
    if figure.record is None:
        return ""
    name, finding = figure.record
    return finding(reading.answer(FIGURES[name], view), reading.language) or ""
