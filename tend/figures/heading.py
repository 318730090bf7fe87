"""What stands over a figure: what its data say, else its question, and beneath it the unit."""

import json
import re
from dataclasses import dataclass
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
    """What stands over a figure: its title, its unit, what a click does, and where its data end."""

    title: str
    unit: str  # where there are no rows, what there is nothing of
    click: str
    amounts: str
    ends: tuple[str, ...]

    def lines(self, *, can_click: bool = False) -> tuple[str, ...]:
        """Give the lines beneath the title, those that say anything."""
        said = self.unit + (self.click if can_click else "")
        if self.amounts:
            said = f"{said.rstrip(_STOPS)} · {self.amounts}"
        return tuple(line for line in (said, *self.ends) if line)


def of(reading: Reading, figure: Figure, view: View, codes: pa.Table) -> Heading:
    """Give what stands over a figure whose rows are given in codes."""
    ends = tuple(doubts.data_ends(reading, view.as_of, *figure.stands_on))
    title = _title(reading, figure, codes) + _record(reading, figure, view)
    if not len(codes):  # where data are missing, "nothing there" is not known
        return Heading(title, "" if ends else reading.say(figure.key("empty")), "", "", ends)
    click = figure.key("click")
    return Heading(
        title,
        reading.say(figure.key("unit")),
        reading.say("ui.click", click=reading.say(click)) if text.has(click) else "",
        reading.say("ui.amounts_in", currency=reading.currency) if _has_money(figure) else "",
        ends,
    )


def _title(reading: Reading, figure: Figure, codes: pa.Table) -> str:
    """Say what the data say, else ask what they answer."""
    said = None
    if figure.finding and len(codes):
        rows = wording.beside(figure, codes, reading.language)
        said = figure.finding(rows, reading.language)
    return said or reading.say(figure.key("title"))


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
