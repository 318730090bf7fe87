"""Charts of health: the matrix of moves, flows by month, use of the product, and the backtest."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import altair as alt

from tend.figures.drawing import (
    OVER,
    ROW,
    SIGN,
    Spec,
    finished,
    of_state,
    selectable,
    tall_column,
    tooltips,
    wide_row,
)
from tend.figures.limits import FEW_CASES
from tend.figures.palette import Palette, palette
from tend.language import text

_MONTH = "slice(datum.value, 5)"
# The year where it begins; on a phone there is room for every third month.
_MONTHS = (
    f"(datum.index == 0 && width > 430) || {_MONTH} == '01'"
    f" ? [{_MONTH}, slice(datum.value, 0, 4)]"
    f" : width > 430 || toNumber({_MONTH}) % 3 == 1 ? {_MONTH} : ''"
)
# Shapes stand for states in every language and without colours, outcome first.
_SIGNS = "['▲', '◆', '●']"
_SIGNS_OF_TWO = "['▲', '●']"
_APART = 8  # points that two labels on a path need between them


@cache
def movement_matrix(language: str, dark: bool) -> Spec:
    """Heat map of the ways from each cell to each, falls in the accent, rises in grey."""
    ink = palette(dark)
    signs = f"(datum.sides == 2 ? {_SIGNS_OF_TWO} : {_SIGNS})"
    rows = (
        alt.Chart(alt.NamedData("rows"))
        .transform_filter("datum.kind == 'way'")
        .transform_calculate(
            before=f"{signs}[datum.from_outcome] + ' ' + {signs}[datum.from_experience]",
            after=f"{signs}[datum.to_outcome] + ' ' + {signs}[datum.to_experience]",
        )
    )
    x = alt.X(
        "after:N",
        sort=alt.EncodingSortField("to_quadrant"),
        title=text.say("charts.to_cell", language),
        axis=alt.Axis(orient="top", **OVER),
    )
    y = alt.Y(
        "before:N",
        sort=alt.EncodingSortField("from_quadrant", order="descending"),
        title=text.say("charts.from_cell", language),
        axis=alt.Axis(**OVER),
    )
    hints = tooltips(language, "movement_grid", "before", "after", "customers", "arr")
    cells = rows.mark_rect(stroke=ink.ground, strokeWidth=2).encode(
        x=x,
        y=y,
        color=_by_direction(ink),
        opacity=alt.Opacity(
            "customers:Q", scale=alt.Scale(domain=[0, 12], range=[0.12, 0.42], clamp=True)
        ).legend(None),
        tooltip=hints,
    )
    numbers = rows.mark_text(fontSize=13, color=ink.ink).encode(x=x, y=y, text="customers:Q")
    met = rows.mark_rect(cursor="pointer").encode(x=x, y=y, tooltip=hints)
    picked = selectable(met, "from_quadrant", "to_quadrant")
    layers = alt.layer(cells, numbers, picked)
    return finished(layers.properties(height=alt.Step(34)), ink)


@cache
def health_flows(language: str, dark: bool) -> Spec:
    """Bars by month: rises up, falls down."""
    ink = palette(dark)
    rows = alt.Chart(alt.NamedData("rows")).transform_calculate(
        period="timeFormat(datum.month, '%Y-%m')", down="-datum.fallen"
    )
    x = _months("period")
    quiet = alt.Axis(labelExpr="format(abs(datum.value), ',.0f')", title=None, tickCount=5)
    hints = tooltips(
        language,
        "health_flows",
        *("month", "risen", "fallen", "fallen_arr", "mixed", "customers"),
    )
    layers = []
    sides: tuple[tuple[str, str, str, Any, int], ...] = (
        ("risen", ink.muted, "'↑ ' + datum.risen", "bottom", -3),
        ("down", ink.accent, "'↓ ' + datum.fallen", "top", 4),
    )
    for field, colour, of, baseline, dy in sides:
        y = alt.Y(f"{field}:Q", axis=quiet, scale=alt.Scale(nice=True, padding=16))
        layers += [
            rows.mark_bar(color=colour, opacity=0.85).encode(x=x, y=y, tooltip=hints),
            rows.transform_calculate(of=f"width > 430 && datum.{field} != 0 ? {of} : ''")
            .mark_text(fontSize=11, color=colour, baseline=baseline, dy=dy)
            .encode(x=x, y=y, text="of:N"),
        ]
    met = (
        rows.transform_fold(["risen", "down"], as_=["side", "customers_of"])
        .transform_calculate(way_code="datum.side == 'risen' ? 'rise' : 'fall'")
        .mark_bar(cursor="pointer")
        .encode(x=x, y=alt.Y("customers_of:Q", stack=None), tooltip=hints)
    )
    layers.append(selectable(met, "month", "way"))
    return finished(alt.layer(*layers).properties(height=280), ink)


@cache
def usage_states(language: str, dark: bool) -> Spec:
    """Shares of customers that use the product well, badly, not at all; well by ARR as a line."""
    ink = palette(dark)
    inks = {"well": ink.healthy, "badly": ink.average, "not_at_all": ink.at_risk}
    inks["unknown"] = ink.unknown
    names = {code: text.say(f"columns.{code}", language) for code in inks}
    rows = alt.Chart(alt.NamedData("rows")).transform_calculate(
        period="timeFormat(datum.month, '%Y-%m')"
    )
    x = _months("period")
    hints = tooltips(
        language,
        "usage_states",
        "month",
        *("well", "badly", "not_at_all", "unknown", "well_arr_rate", "active_share"),
        "single_feature",
    )
    codes: list[Any] = [f"{code}_rate" for code in inks]
    bars = (
        rows.transform_fold(codes, as_=["state", "share"])
        .transform_calculate(place=f"indexof({codes}, datum.state)")
        .mark_bar(opacity=0.85)
        .encode(
            x=x,
            y=alt.Y(
                "share:Q",
                stack="zero",
                scale=alt.Scale(domain=[0, 1]),
                axis=alt.Axis(labelExpr="format(datum.value * 100, '.0f')", title=None),
            ),
            order=alt.Order("place:Q"),
            color=alt.Color(
                "state:N",
                scale=alt.Scale(domain=codes, range=list(inks.values())),
                legend=alt.Legend(
                    orient="top",
                    title=None,
                    columns=alt.expr("width > 430 ? 4 : 2"),
                    labelExpr=f"({ {f'{code}_rate': said for code, said in names.items()} })"
                    "[datum.label]",
                ),
            ),
            tooltip=hints,
        )
    )
    line = rows.mark_line(color=ink.ink, strokeWidth=2, point={"size": 22, "color": ink.ink})
    named = (
        rows.transform_window(
            back="row_number()", sort=[alt.SortField("month", order="descending")]
        )
        .transform_filter("datum.back == 1")
        .mark_text(align="left", dx=6, fontSize=12, fontWeight=600, color=ink.ink)
        .encode(
            x=alt.X("period:N", bandPosition=1),
            y="well_arr_rate:Q",
            text=alt.value(text.say("charts.well_by_arr", language)),
        )
    )
    picked = tall_column(rows, x, 290, hints, "month")
    chart = alt.layer(bars, line.encode(x=x, y="well_arr_rate:Q"), named, picked)
    return finished(chart.properties(height=290), ink)


@cache
def health_backtest(language: str, dark: bool) -> Spec:
    """Dots with intervals: how the contracts of each quadrant renewed."""
    signs = f"{_SIGNS}[floor((datum.quadrant - 1) / 3)]", f"{_SIGNS}[(datum.quadrant - 1) % 3]"
    unknown = text.say("states.unknown", language)
    label = f"datum.quadrant ? {signs[0]} + ' ' + {signs[1]} + '  ' + datum.quadrant : '{unknown}'"
    return _intervals(label, "datum.quadrant || 0", "quadrant", language, dark)


@cache
def health_calibration(language: str, dark: bool) -> Spec:
    """Dots with intervals: how each fifth of the scores renewed."""
    label = "format(datum.score_from, '.0f') + ' – ' + format(datum.score_to, '.0f')"
    return _intervals(label, "datum.fifth", "fifth", language, dark)


@cache
def path(language: str, dark: bool) -> Spec:
    """Both scores of one customer by month, each point in the shape and ink of its state."""
    ink = palette(dark)
    rows = alt.Chart(alt.NamedData("rows")).transform_calculate(
        period="timeFormat(datum.month, '%Y-%m')"
    )
    lines = (("outcome", ink.accent, [1, 0]), ("experience", ink.context, [5, 3]))
    layers = [
        layer
        for axis, colour, dash in lines
        for layer in _score_line(rows, axis, colour, dash, language, ink)
    ]
    return finished(alt.layer(*layers).properties(height=240), ink)


def _score_line(
    rows: alt.Chart, axis: str, colour: str, dash: Sequence[float], language: str, ink: Palette
) -> list[alt.Chart]:
    known = rows.transform_filter(f"isValid(datum.{axis}_score)")
    x = _months("period")
    y = alt.Y(
        f"{axis}_score:Q",
        scale=alt.Scale(domain=[0, 100]),
        axis=alt.Axis(title=None, tickCount=5),
    )
    # Labels of scores that are near each other stand apart, in the order of the scores.
    other = {"outcome": "experience", "experience": "outcome"}[axis]
    gap = f"(datum.{axis}_score - datum.{other}_score)"
    nudge = f"({gap} > 0 || ({gap} == 0 && '{axis}' == 'outcome') ? 1 : -1)"
    last = known.transform_window(
        place="row_number()", sort=[alt.SortField("month", order="descending")]
    ).transform_calculate(
        label_at=f"datum.{axis}_score + (isValid(datum.{other}_score) && abs({gap}) < {_APART}"
        f" ? {nudge} * ({_APART} - abs({gap})) / 2 : 0)"
    )
    return [
        rows.mark_line(color=colour, strokeWidth=1.5, strokeDash=list(dash)).encode(x=x, y=y),
        known.mark_point(filled=True, size=55, opacity=1).encode(
            x=x,
            y=y,
            **of_state(f"{axis}_state", ink),
            tooltip=tooltips(
                language, "customer_health", "month", "outcome_score", "experience_score", "arr"
            ),
        ),
        last.transform_filter("datum.place == 1")
        .mark_text(align="left", dx=8, fontSize=12, fontWeight=600, color=colour)
        .encode(
            x=x,
            y=alt.Y("label_at:Q"),
            text=alt.value(text.say(f"charts.{axis}", language)),
        ),
    ]


def _intervals(label: str, order: str, leads: str, language: str, dark: bool) -> Spec:
    ink = palette(dark)
    rows = alt.Chart(alt.NamedData("rows")).transform_calculate(
        group=label,
        place=order,
        of=f"format(datum.rate * 100, '.0f') + '{SIGN[language]} · '"
        " + datum.renewed + '/' + datum.contracts",
    )
    axis = alt.Axis(labelLimit=150, labelPadding=8, domain=False, ticks=False)
    by_place = alt.EncodingSortField("place", order="descending")
    y = alt.Y("group:N", title=None, sort=by_place, axis=axis)
    quiet = alt.Axis(
        labelExpr="format(datum.value * 100, '.0f')", values=[0, 0.25, 0.5, 0.75, 1], title=None
    )
    x = alt.X("rate:Q", scale=alt.Scale(domain=[0, 1]), axis=quiet)
    hints = tooltips(
        language,
        "health_backtest",
        *("contracts", "renewed", "rate", "rate_low", "rate_high"),
    )
    interval = rows.mark_rule(strokeWidth=4, opacity=0.28, color=ink.accent).encode(
        y=y, x=alt.X("rate_low:Q"), x2="rate_high:Q", tooltip=hints
    )
    few = alt.condition(
        f"datum.contracts < {FEW_CASES}", alt.value(ink.ground), alt.value(ink.accent)
    )
    dots = rows.mark_point(size=95, strokeWidth=2, opacity=1).encode(
        y=y, x=x, color=alt.value(ink.accent), fill=few, tooltip=hints
    )
    labels = rows.mark_text(align="left", dx=10, fontSize=12, color=ink.ink).encode(
        y=y, x=alt.value("width"), text="of:N"
    )
    layers = alt.layer(interval, dots, labels, wide_row(rows, y, hints, leads))
    return finished(layers.properties(height=alt.Step(ROW)), ink)


def _by_direction(ink: Palette) -> alt.Color:
    scale = alt.Scale(
        domain=["fall", "rise", "mixed", "stay"],
        range=[ink.accent, ink.muted, ink.context, ink.context],
    )
    return alt.Color("direction:N", scale=scale, legend=None)


def _months(field: str) -> alt.X:
    axis = alt.Axis(labelAngle=0, labelExpr=_MONTHS, domain=False, ticks=False)
    return alt.X(f"{field}:N", title=None, axis=axis)
