"""The grid of health: outcome to the right, experience upwards, arrows thick as their customers."""

from functools import cache
from typing import Any

import altair as alt

from tend.figures.drawing import (
    ROOMY,
    Spec,
    finished,
    short,
    tooltips,
)
from tend.figures.moves import STATES
from tend.figures.palette import Palette, palette
from tend.language import text

# What a reader selects, by the name under which the page gets it.
CELL, WAY = "cell", "way"
_HEIGHT = 520
# Where arrows start and end inside a cell, clear of the numbers in its upper corners.
_ANCHOR = (0.5, 0.44)
# In a narrow cell numbers end in the middle: arrows pass beside them, slanting ones above those
# of the cell to the right.
_BESIDE, _SLANTING = 0.74, 0.45
# In parts of a cell: beside the line between two cells, after its start, before its end.
_ASIDE, _START, _STOP = 0.085, 0.1, 0.14
_FURTHER = 1.9  # ways over two cells lie outside of those over one
# How far along an arrow its number stands; on a slanting one in the upper cell, clear of the
# corner with numbers beneath.
_COUNTED = "datum.dx * datum.dy == 0 ? 0.6 : datum.dy > 0 ? 0.75 : 0.25"
_FLOWS = "width > 560"  # both corners of a cell have room for numbers, and arrows between them


@cache
def movement_grid(language: str, dark: bool, sides: int) -> Spec:
    """Cells with number, ARR, in and out; rises beneath falls; traps named in place."""
    ink = palette(dark)
    layers = alt.layer(
        *_cells(language, ink, sides),
        *_arrows("rise", ink.muted),
        *_arrows("fall", ink.accent),
        *_numbers(language, ink),
        *_traps(language, ink, sides),
        *_counts(ink),
        _targets(language, ink, sides),
    )
    return finished(layers.properties(height=_HEIGHT), ink)


def _cells(language: str, ink: Palette, sides: int) -> list[alt.Chart]:
    rows = (
        alt.Chart(alt.NamedData("rows"))
        .transform_filter("datum.kind == 'cell'")
        .transform_calculate(
            right="datum.to_outcome + 1",
            top="datum.to_experience + 1",
            side=f"datum.to_quadrant == 1 ? 'low' : datum.to_quadrant == {sides * sides} ? 'high'"
            f" : datum.to_quadrant == {sides} || datum.to_quadrant == {sides * (sides - 1) + 1}"
            " ? 'trap' : 'other'",
        )
    )
    chosen = alt.selection_point(name=CELL, fields=["to_quadrant"], empty=False)
    tints = [ink.at_risk, ink.healthy, ink.average, ink.context]
    scale = alt.Scale(domain=["low", "high", "trap", "other"], range=tints)
    hints = tooltips(
        language,
        "movement_grid",
        *("customers", "arr", "fell_in", "rose_in", "fell_out", "rose_out"),
    )
    return [
        rows.mark_rect(fillOpacity=0.1, cursor="pointer", cornerRadius=3, strokeWidth=3)
        .encode(
            x=_along("x", "to_outcome", language, sides),
            x2="right:Q",
            y=_along("y", "to_experience", language, sides),
            y2="top:Q",
            color=alt.Color("side:N", scale=scale, legend=None),
            stroke=alt.condition(chosen, alt.value(ink.accent), alt.value(ink.ground)),
            tooltip=hints,
        )
        .add_params(chosen)
    ]


def _numbers(language: str, ink: Palette) -> list[alt.Chart]:
    """Write into each cell what is in it."""
    rows = alt.Chart(alt.NamedData("rows")).transform_filter("datum.kind == 'cell'")
    flow = "(datum.{0} ? ' ↓' + datum.{0} : '') + (datum.{1} ? ' ↑' + datum.{1} : '')"
    into = f"({flow.format('fell_in', 'rose_in')})"
    out = f"({flow.format('fell_out', 'rose_out')})"
    said = {name: text.say(f"charts.{name}", language) for name in ("into", "out_of")}
    lines: tuple[tuple[str, str, int, int, Any, str], ...] = (
        ("'' + datum.customers", "left", 8, 20, 600, ink.ink),
        (short("datum.arr", language), "left", 31, 12, 400, ink.muted),
        (f"{_FLOWS} && {into} ? '{said['into']}' + {into} : ''", "right", 11, 11, 400, ink.muted),
        (f"{_FLOWS} && {out} ? '{said['out_of']}' + {out} : ''", "right", 26, 11, 400, ink.muted),
    )
    marks = []
    for label, side, dy, size, weight, colour in lines:
        texts = rows.transform_calculate(
            left="datum.to_outcome",
            right="datum.to_outcome + 1",
            top="datum.to_experience + 1",
            said=label,
        ).encode(x=alt.X(f"{side}:Q"), y=alt.Y("top:Q"), text="said:N")
        look: dict[str, Any] = {"dy": dy, "fontSize": size, "fontWeight": weight}
        look |= {"align": side, "baseline": "top", "dx": 10 if side == "left" else -10}
        # A rim in the colour of the ground keeps numbers readable where arrows pass beneath.
        rim: dict[str, Any] = {"stroke": ink.ground, "strokeWidth": 3, "opacity": 0.8}
        marks += [texts.mark_text(**look, **rim), texts.mark_text(**look, color=colour)]
    return marks


def _traps(language: str, ink: Palette, sides: int) -> list[alt.Chart]:
    """Name the two traps in their cells: at the edge that no arrow of theirs crosses."""
    rows = alt.Chart(alt.NamedData("rows")).transform_filter("datum.kind == 'cell'")
    marks = []
    traps = {(sides, 1): "pleased", (sides * (sides - 1) + 1, 0): "succeeding"}
    for (cell, edge), name in traps.items():
        wide, narrow = (text.say(f"charts.{name}{part}", language) for part in ("", "_narrow"))
        lift = -8 - 14 * narrow.count("|")
        marks.append(
            rows.transform_filter(f"datum.to_quadrant == {cell}")
            .transform_calculate(
                said=f"{ROOMY} ? '{wide}' : split('{narrow}', '|')",
                edge=f"datum.to_experience + {edge}",
            )
            .mark_text(
                align="left",
                baseline="top" if edge else "bottom",
                lineBreak="|",
                dx=10,
                dy=48 if edge else alt.expr(f"{ROOMY} ? -8 : {lift}"),
                fontSize=11.5,
                fontWeight=600,
                color=ink.average,
            )
            .encode(x=alt.X("to_outcome:Q"), y=alt.Y("edge:Q"), text="said:N")
        )
    return marks


def _ways() -> alt.Chart:
    """Give the ways that are drawn, moved aside so that there and back do not lie on each other."""
    beside = f"datum.dx == datum.dy ? {_SLANTING} : {_BESIDE}"
    east, north = f"({ROOMY} ? {_ANCHOR[0]} : {beside})", _ANCHOR[1]
    ends: dict[str, Any] = {
        "x1": f"datum.from_outcome + {east} + datum.aside * datum.up + {_START} * datum.across",
        "y1": f"datum.from_experience + {north} - datum.aside * datum.across + {_START} * datum.up",
        "x2": f"datum.to_outcome + {east} + datum.aside * datum.up - {_STOP} * datum.across",
        "y2": f"datum.to_experience + {north} - datum.aside * datum.across - {_STOP} * datum.up",
    }
    return (
        alt.Chart(alt.NamedData("rows"))
        .transform_filter("datum.kind == 'way' && datum.is_drawn")
        .transform_calculate(
            dx="datum.to_outcome - datum.from_outcome",
            dy="datum.to_experience - datum.from_experience",
        )
        .transform_calculate(long="sqrt(datum.dx * datum.dx + datum.dy * datum.dy)")
        .transform_calculate(
            across="datum.dx / datum.long",
            up="datum.dy / datum.long",
            aside=f"{_ASIDE} * (datum.long > 1.5 ? {_FURTHER} : 1)",
        )
        .transform_calculate(angle="atan2(datum.dx * width, datum.dy * height) * 180 / PI", **ends)
    )


def _arrows(direction: str, colour: str) -> list[alt.Chart]:
    rows = _ways().transform_filter(f"datum.direction == '{direction}'")
    opacity = 0.9 if direction == "fall" else 0.55
    shaft = rows.mark_rule(color=colour, opacity=opacity, strokeCap="butt").encode(
        x=alt.X("x1:Q"), y=alt.Y("y1:Q"), x2="x2:Q", y2="y2:Q", strokeWidth=_thickness()
    )
    head = rows.mark_point(shape="triangle", filled=True, color=colour, opacity=opacity).encode(
        x=alt.X("x2:Q"),
        y=alt.Y("y2:Q"),
        angle=alt.Angle("angle:Q", scale=None),
        size=alt.Size(
            "customers:Q",
            scale=alt.Scale(domain=[1, 8], range=[60, 420], clamp=True),
            legend=None,
        ),
    )
    return [shaft, head]


def _counts(ink: Palette) -> list[alt.Chart]:
    """Write on each arrow how many went that way, where it parts from others."""
    texts = (
        _ways()
        .transform_calculate(
            at_x=f"datum.x1 + ({_COUNTED}) * (datum.x2 - datum.x1)",
            at_y=f"datum.y1 + ({_COUNTED}) * (datum.y2 - datum.y1)",
        )
        .encode(x=alt.X("at_x:Q"), y=alt.Y("at_y:Q"), text="customers:Q")
    )
    look: dict[str, Any] = {"fontSize": 12, "fontWeight": 700, "baseline": "middle"}
    rim = texts.mark_text(**look, stroke=ink.ground, strokeWidth=5)
    return [rim, texts.mark_text(**look, color=ink.ink)]


def _thickness() -> alt.StrokeWidth:
    scale = alt.Scale(domain=[1, 8], range=[1.5, 9], clamp=True)
    return alt.StrokeWidth("customers:Q", scale=scale, legend=None)


def _targets(language: str, ink: Palette, sides: int) -> alt.Chart:
    """Give arrows a body wide enough to be met by a finger."""
    chosen = alt.selection_point(name=WAY, fields=["from_quadrant", "to_quadrant"], empty=False)
    signs = [text.say(f"states.{state}", language) for state in STATES[sides]]
    wide: alt.Chart = (
        _ways()
        .transform_calculate(before=_named("from", signs), after=_named("to", signs))
        .mark_rule(strokeWidth=16, color=ink.accent, strokeCap="round", cursor="pointer", aria=True)
        .encode(
            x=alt.X("x1:Q"),
            y=alt.Y("y1:Q"),
            x2="x2:Q",
            y2="y2:Q",
            opacity=alt.condition(chosen, alt.value(0.3), alt.value(0.001)),
            tooltip=tooltips(language, "movement_grid", "before", "after", "customers", "arr"),
        )
        .add_params(chosen)
    )
    return wide


def _named(end: str, signs: list[str]) -> str:
    return f"{signs}[datum.{end}_outcome] + ' · ' + {signs}[datum.{end}_experience]"


def _along(channel: str, field: str, language: str, sides: int) -> alt.X | alt.Y:
    words = [text.say(f"states.{state}", language) for state in STATES[sides]]
    axis = alt.Axis(
        values=[place + 0.5 for place in range(sides)],
        labelExpr=f"{words}[floor(datum.value)]",
        labelAngle=0 if channel == "x" else -90,
        domain=False,
        ticks=False,
        grid=False,
    )
    scale = alt.Scale(domain=[0, sides], nice=False)
    title = text.say(f"charts.{field.removeprefix('to_')}_axis", language)
    kind = alt.X if channel == "x" else alt.Y
    return kind(f"{field}:Q", scale=scale, axis=axis, title=title)
