"""What an exported chart is drawn with: its specification, and the words for its codes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from tend.figures.figure import Figure
from tend.language import text
from tend.notebook import charts, columns, figure_cell
from tend.notebook.cells import Cell
from tend.queries import library
from tend.queries.kinds import Kind


@dataclass(frozen=True)
class Drawn:
    """A chart: the cell whose rows it draws, and how."""

    of: str
    spec: Mapping[str, object]
    words: Mapping[str, Mapping[str, str]]
    roles: Mapping[str, str]
    codes: tuple[str, ...] = ()

    def told(self) -> dict[str, Any]:
        """Give it as JSON."""
        return {
            "of": self.of,
            "spec": self.spec,
            "words": self.words,
            "roles": self.roles,
            "codes": self.codes,
        }


def figure_of(cell: Cell) -> Figure | None:
    """Give the figure whose chart a cell shows: its own, until the cell is changed."""
    figure = figure_cell.of(cell)
    is_own = charts.of(cell) is None and figure_cell.is_untouched(cell)
    return figure if figure is not None and figure.chart and is_own else None


def of_figure(cell: Cell, figure: Figure, language: str) -> Drawn:
    """Give the chart of a figure as its page draws it."""
    assert figure.chart is not None
    query = library.find(figure.query)
    codes = tuple(name for name in figure.tells if name in query.columns)
    spec = figure.chart(language, False)
    return Drawn(cell.name, spec, _words(query.kinds, language), {}, codes)


def of_answer(of: str, chart: charts.Chart, table: pa.Table, language: str) -> Drawn | None:
    """Give a chart of an answer; none where the answer lacks a column of it."""
    kinds = columns.kinds_of(table)
    if charts.missing(chart, kinds):
        return None
    titles = {name: _title(name, language) for name in kinds}
    spec = charts.spec(chart, kinds, titles, language, False)
    drawn = {name: kind for name, kind in kinds.items() if name in chart.names}
    return Drawn(of, spec, _words(drawn, language), dict(chart.roles))


def _title(name: str, language: str) -> str:
    key = f"columns.{name}"
    return text.say(key, language) if text.has(key) else name


def _words(kinds: Mapping[str, Kind], language: str) -> dict[str, dict[str, str]]:
    """Give the words for the codes of each column that holds codes."""
    found = {}
    for name, kind in kinds.items():
        if kind.room and not kind.is_list:
            start = f"{kind.room}."
            texts = text.catalogue(language).items()
            found[name] = {
                key.removeprefix(start): said for key, said in texts if key.startswith(start)
            }
    return found
