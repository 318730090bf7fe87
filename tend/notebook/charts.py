"""A chart of an answer: a mark and its columns, drawn with the looks of all other charts."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import altair as alt
import pyarrow as pa

from tend.figures.drawing import ROW, SIGN, WHOLE, Spec, finished, short
from tend.figures.palette import Palette, palette
from tend.notebook import columns
from tend.notebook.cells import CHART, Cell
from tend.queries.kinds import Kind

Mark = Literal["bar", "line", "point", "heat"]
MARKS: tuple[Mark, ...] = ("bar", "line", "point", "heat")
# More charts of one kind beside each other than this say nothing.
MOST_FACETS = 6
_HEIGHT = 280
_ANY = ",.2~f"  # a number of which nothing else is known


@dataclass(frozen=True)
class Chart:
    """What is drawn: a mark, and the columns for its place, its ink and charts of its own."""

    mark: str
    x: str
    y: str
    color: str = ""
    facet: str = ""

    @property
    def roles(self) -> tuple[tuple[str, str], ...]:
        """Give the columns by what they are in the chart; the last one parts it into several."""
        said = zip(CHART[1:], (self.x, self.y, self.color, self.facet), strict=True)
        return tuple((role, name) for role, name in said if name)

    @property
    def names(self) -> tuple[str, ...]:
        """Name the columns it needs."""
        return tuple(name for _, name in self.roles)


def of(cell: Cell) -> Chart | None:
    """Give the chart that a cell asks for, if it does."""
    said = {name: cell.get(name) for name in CHART}
    return Chart(**said) if said["mark"] in MARKS and said["x"] and said["y"] else None


def suggested(kinds: Mapping[str, Kind]) -> Chart | None:
    """Give the chart that fits: a line over time, else bars by the first name."""
    measures = [name for name, kind in kinds.items() if columns.is_measure(kind)]
    times = [name for name, kind in kinds.items() if columns.is_time(kind)]
    names = [name for name in kinds if name not in (*measures, *times)]
    if not measures or not (times or names):
        return None
    if times:
        return Chart("line", times[0], measures[0])
    return Chart("bar", measures[0], names[0])


def missing(chart: Chart, kinds: Mapping[str, Kind]) -> tuple[str, ...]:
    """Name the columns that a chart needs and an answer does not have."""
    return tuple(name for name in chart.names if name not in kinds)


def rows(chart: Chart, table: pa.Table) -> pa.Table:
    """Give the rows as a chart reads them: by their roles, as columns may have any name."""
    return pa.table({role: table[name] for role, name in chart.roles})


def facets(chart: Chart, table: pa.Table) -> list[tuple[object, pa.Table]]:
    """Give the rows of each chart, by the values that part them; one without parts is all."""
    bound = rows(chart, table)
    if not chart.facet:
        return [(None, bound)]
    values = list(dict.fromkeys(bound["facet"].to_pylist()))
    places = bound["facet"].to_pylist()
    return [
        (value, bound.take([n for n, one in enumerate(places) if one == value])) for value in values
    ]


def spec(
    chart: Chart, kinds: Mapping[str, Kind], titles: Mapping[str, str], language: str, dark: bool
) -> Spec:
    """Give the specification for the rows that the page binds as words and numbers."""
    told = tuple((name, titles.get(name, name)) for name in kinds)
    return _spec(chart, tuple(kinds.items()), told, language, dark)


@cache
def _spec(
    chart: Chart,
    kinds: tuple[tuple[str, Kind], ...],
    titles: tuple[tuple[str, str], ...],
    language: str,
    dark: bool,
) -> Spec:
    drawing = _Drawing(chart, dict(kinds), dict(titles), language, palette(dark))
    return finished(alt.layer(*drawing.layers()).properties(height=drawing.height()), drawing.ink)


@dataclass(frozen=True)
class _Drawing:
    """One chart on its way: what is drawn, what its columns hold, and in which inks."""

    chart: Chart
    kinds: Mapping[str, Kind]
    titles: Mapping[str, str]
    language: str
    ink: Palette

    def layers(self) -> list[alt.Chart]:
        """Give the marks, and beside bars of one ink how long they are."""
        marks = self.marks()
        if not self._is_by_size() or self.chart.color:
            return [marks]
        said = self._number(self.kinds[self.chart.x])
        numbers = (
            alt.Chart(alt.NamedData("rows"))
            .transform_calculate(said=f"isValid(datum.x) ? {said} : ''")
            .mark_text(align="left", dx=5, fontSize=12, color=self.ink.muted, tooltip=None)
            .encode(
                x=alt.X(field="x", **self._axis(self.chart.x)),
                y=alt.Y(field="y", **self._axis(self.chart.y)),
                text=alt.Text(field="said", type="nominal"),
            )
        )
        return [marks, numbers]

    def marks(self) -> alt.Chart:
        """Give the marks with their axes, ink and tooltip."""
        rows = alt.Chart(alt.NamedData("rows"))
        drawn = {
            "bar": rows.mark_bar(color=self.ink.accent),
            "line": rows.mark_line(color=self.ink.accent, point=True, strokeWidth=2),
            "point": rows.mark_point(color=self.ink.accent, filled=True, size=70, opacity=0.8),
            "heat": rows.mark_rect(cornerRadius=2, color=self.ink.accent),
        }[self.chart.mark]
        encoded: alt.Chart = drawn.encode(
            x=alt.X(field="x", **self._axis(self.chart.x)),
            y=alt.Y(field="y", **self._axis(self.chart.y)),
            tooltip=[self._hint(role, name) for role, name in self.chart.roles],
            **self._color(),
        )
        return encoded

    def _number(self, kind: Kind) -> str:
        """Give how the length of a bar is written."""
        if kind.is_money:
            return short("datum.x", self.language)
        if kind.is_rate:
            return f"format(datum.x * 100, '.1f') + '{SIGN[self.language]}'"
        return f"format(datum.x, '{kind.hint or _ANY}')"

    def height(self) -> Any:
        """Give rows of names their own height, other charts one that is the same for all."""
        by_rows = not self._is_size(self.chart.y) and not columns.is_time(self.kinds[self.chart.y])
        return alt.Step(ROW) if by_rows else _HEIGHT

    def _is_sideways(self) -> bool:
        return self._is_size(self.chart.x) and not self._is_size(self.chart.y)

    def _is_size(self, name: str) -> bool:
        return columns.is_measure(self.kinds[name])

    def _axis(self, name: str) -> dict[str, Any]:
        """Give type, order and labels of an axis; bars of names stand by their size."""
        kind, title = self.kinds[name], self.titles[name]
        if self._is_size(name):
            labels: dict[str, Any] = {"labelExpr": expr} if (expr := self._written(kind)) else {}
            stack = {} if self.chart.mark == "bar" else {"stack": None}
            scale = alt.Scale(zero=self.chart.mark == "bar")
            axis = alt.Axis(title=title, titleFontWeight="normal", tickCount=5, **labels)
            return {"type": "quantitative", "axis": axis, "scale": scale, **stack}
        quiet: dict[str, Any] = {"domain": False, "ticks": False, "labelLimit": 220}
        if kind.name in ("date", "month", "moment"):
            return {"type": "temporal", "axis": alt.Axis(title=None)}
        # where numbers stand beside bars, Vega keeps an order by the greatest alone
        by_size = {"field": "x", "op": "sum" if self.chart.color else "max", "order": "descending"}
        is_ordered = kind.name == "period" or not self._is_by_size()
        sort = None if is_ordered else by_size
        return {
            "type": "nominal",
            "sort": sort,
            "axis": alt.Axis(title=None, labelAngle=0, **quiet),
        }

    def _is_by_size(self) -> bool:
        return self.chart.mark == "bar" and self._is_sideways()

    def _written(self, kind: Kind) -> str:
        if kind.is_rate:
            return f"{WHOLE} + '{SIGN[self.language]}'"
        return short("datum.value", self.language) if kind.is_money else ""

    def _color(self) -> dict[str, Any]:
        name = self.chart.color
        if not name:
            return {}
        if self._is_size(name):
            low, high = self.ink.ground, self.ink.accent
            scale = alt.Scale(range=[low, high])
            legend = alt.Legend(orient="top", title=self.titles[name])
            return {
                "color": alt.Color(field="color", type="quantitative", scale=scale, legend=legend)
            }
        legend = alt.Legend(orient="top", title=None, labelLimit=0)
        scale = alt.Scale(range=list(self.ink.series))
        return {"color": alt.Color(field="color", type="nominal", scale=scale, legend=legend)}

    def _hint(self, role: str, name: str) -> alt.Tooltip:
        kind = self.kinds[name]
        is_day = kind.name in ("date", "month", "moment")
        type_: Any = "quantitative" if self._is_size(name) else "temporal" if is_day else "nominal"
        how = kind.hint or ("%Y-%m-%d" if is_day else alt.Undefined)
        return alt.Tooltip(field=role, type=type_, title=self.titles[name], format=how)
