"""What charts are drawn with: each gives the Vega-Lite specification for a table, without the data.

Built once per language and theme: Altair takes about 18 ms for each, a kept dict none.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import altair as alt

from tend.figures.figure import code_of
from tend.figures.palette import FONT, Palette
from tend.language import text
from tend.queries import library

Spec = dict[str, object]
# The name under which the page gets what a reader selects in a figure.
MARK = "mark"
MOST_ROWS = 12
# An axis of names over a matrix.
OVER: Mapping[str, Any] = MappingProxyType(
    {"domain": False, "ticks": False, "labelAngle": 0, "labelFontSize": 13}
)
# A row of bars or dots.
ROW = 30
# Rates on axes and in cells are whole per cents, their unit stands in the subtitle.
WHOLE = "format(datum.value * 100, '.0f')"
SIGN = MappingProxyType({"en": " %", "zh": "%"})
# Wider than a phone.
ROOMY = "width > 430"
# 2024-Q1 is written as Q1 over 2024, the year where it begins; a phone names every third month.
PERIOD = (
    f"(datum.index == 0 && {ROOMY}) || slice(datum.value, 5) == 'Q1'"
    " || slice(datum.value, 5) == '01'"
    " ? [slice(datum.value, 5), slice(datum.value, 0, 4)]"
    f" : {ROOMY} || slice(datum.value, 5, 6) == 'Q' || toNumber(slice(datum.value, 5)) % 3 == 1"
    " ? slice(datum.value, 5) : ''"
)


def selectable(marks: alt.Chart, *columns: str) -> alt.Chart:
    """Let marks be selected by their codes: drawn last, unseen, wide enough to meet a finger."""
    codes = [code_of(column) for column in columns]
    chosen = alt.selection_point(name=MARK, fields=codes, empty=False)
    picked: alt.Chart = marks.encode(opacity=alt.value(0.001)).add_params(chosen)
    return picked


def wide_row(rows: alt.Chart, y: alt.Y, hints: list[alt.Tooltip], *columns: str) -> alt.Chart:
    """Let the whole row of a chart of rows be selected, its names and numbers too."""
    rule = rows.mark_rule(strokeWidth=ROW - 2, cursor="pointer")
    wide = rule.encode(y=y, x=alt.value(0), x2=alt.value("width"), tooltip=hints)
    return selectable(wide, *columns)


def tall_column(
    rows: alt.Chart, x: alt.X, height: int, hints: list[alt.Tooltip], *columns: str
) -> alt.Chart:
    """Let the whole column of a chart over time be selected."""
    rule = rows.mark_rule(strokeWidth=16, cursor="pointer")
    wide = rule.encode(x=x, y=alt.value(0), y2=alt.value(height), tooltip=hints)
    return selectable(wide, *columns)


def named(kinds: dict[str, str]) -> alt.Legend:
    """Name the kinds of marks above the chart, whole and in their own inks."""
    return alt.Legend(
        orient="top",
        title=None,
        labelExpr=f"({kinds})[datum.label]",
        labelLimit=0,
        symbolOpacity=0.75,
    )


def of_state(field: str, ink: Palette) -> dict[str, Any]:
    """Give the ink and the shape of a mark by the state in a field."""
    codes = ["healthy", "average", "at_risk", "unknown"]
    inks = [ink.healthy, ink.average, ink.at_risk, ink.unknown]
    shapes = ["circle", "diamond", "triangle-up", "square"]
    return {
        "color": alt.Color(f"{field}:N", scale=alt.Scale(domain=codes, range=inks), legend=None),
        "shape": alt.Shape(f"{field}:N", scale=alt.Scale(domain=codes, range=shapes), legend=None),
    }


def short(value: str, language: str) -> str:
    """Write an amount short in the chart's own language, as `tend.format.money` does for texts.

    A chart has less room: one decimal at most, and none that is nought.
    """
    if language == "zh":
        return (
            f"({value} >= 1e8 ? format({value} / 1e8, ',.1~f') + ' 亿' : "
            f"{value} >= 1e6 ? format({value} / 1e4, ',.0f') + ' 万' : "
            f"{value} >= 1e4 ? format({value} / 1e4, ',.1~f') + ' 万' : format({value}, ',.0f'))"
        )
    return (
        f"({value} >= 1e6 ? format({value} / 1e6, ',.1~f') + 'M' : "
        f"{value} >= 1e3 ? format({value} / 1e3, ',.0f') + 'K' : format({value}, ',.0f'))"
    )


def tooltips(language: str, query: str, *names: str) -> list[alt.Tooltip]:
    """Give the hints of a mark: columns of a query by their names, each as its kind is written."""
    hints = {name: kind.hint for name, kind in library.find(query).kinds.items()}
    return [
        alt.Tooltip(
            f"{name}:{_type(hints.get(name, ''))}",
            title=text.say(f"columns.{name}", language),
            format=hints.get(name) or alt.Undefined,
        )
        for name in names
    ]


def _type(hint: str) -> str:
    return "T" if hint.startswith("%") else "Q" if hint else "N"


def level(
    rows: alt.Chart, field: str, said: str, language: str, ink: Palette, *, dx: int = 4
) -> list[alt.Chart]:
    """Draw a level that rows carry, such as a target, where they carry one, and name it."""
    one = rows.transform_filter(f"isValid(datum.{field})").transform_aggregate(
        level=f"max({field})"
    )
    rate = f"format(datum.level * 100, '.1~f') + '{SIGN[language]}'"
    named_one = one.transform_calculate(said=f"'{said} ' + {rate}")
    rule = one.mark_rule(color=ink.ink, strokeDash=[6, 3], strokeWidth=1.2).encode(y="level:Q")
    label = named_one.mark_text(align="left", baseline="top", dx=dx, dy=4, fontSize=11).encode(
        y="level:Q", x=alt.value(0), text="said:N"
    )
    return [rule, *rimmed(label, ink.ink, ink)]


def rimmed(label: alt.Chart, colour: str, ink: Palette) -> list[alt.Chart]:
    """Write words with a rim of the ground: they are read where a line runs through them."""
    rim = label.encode(stroke=alt.value(ink.ground), strokeWidth=alt.value(4))
    return [rim, label.encode(color=alt.value(colour))]


def finished(chart: alt.LayerChart | alt.FacetChart, ink: Palette) -> Spec:
    """Give the specification with the house's looks; the page binds the data."""
    quiet: dict[str, Any] = {"labelColor": ink.muted, "labelFontSize": 12, "gridColor": ink.grid}
    lines = {"domainColor": ink.grid, "tickColor": ink.grid, "tickSize": 4}
    spec: Spec = (
        chart.configure(
            background="transparent",
            font=FONT,
        )
        .configure_view(stroke=None)
        .configure_rule(aria=False)  # lines beside marks have no words of their own
        .configure_axis(**quiet, **lines)
        .configure_axisX(grid=False)
        .configure_legend(labelColor=ink.muted)
        .to_dict(validate=False)
    )
    spec.pop("$schema", None)
    # The browser lays out before the data are there: again with them, so that no label is cut.
    spec["autosize"] = {"type": "fit-x", "contains": "padding", "resize": True}
    spec["padding"] = {"left": 2, "right": 12, "top": 8, "bottom": 4}
    shared: Spec = _without_data(spec)
    return shared


def _without_data(node: Any) -> Any:
    """Leave out the names of data sets: all layers share what the page binds."""
    if isinstance(node, list):
        return [_without_data(part) for part in node]
    if isinstance(node, dict):
        return {key: _without_data(part) for key, part in node.items() if key != "data"}
    return node
