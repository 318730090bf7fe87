"""Charts of the forecast: what is to come by month, and how earlier forecasts and chances held."""

from functools import cache
from typing import Any

import altair as alt

from tend.figures.drawing import (
    ROOMY,
    ROW,
    SIGN,
    WHOLE,
    Spec,
    finished,
    named,
    selectable,
    short,
    tooltips,
    wide_row,
)
from tend.figures.limits import LEAD
from tend.figures.palette import palette
from tend.language import text
from tend.settings.process import CALLS

_HEIGHT = 290


@cache
def forecast_months(language: str, dark: bool) -> Spec:
    """Bars by month: ARR due, what is expected of it, and its 80 % interval."""
    ink = palette(dark)
    rows = alt.Chart(alt.NamedData("rows")).transform_filter("!datum.is_total")
    x = alt.X("segment:N", title=None, axis=_months())
    amount = alt.Axis(labelExpr=short("datum.value", language), title=None, tickCount=5)
    hints = tooltips(
        language,
        "renewal_forecast_total",
        *("segment", "contracts", "arr", "expected_arr", "low", "high"),
    )
    kinds = ["arr", "expected"]
    names = {kind: text.say(f"figures.quiet.{kind}", language) for kind in kinds}
    colours = alt.Color(
        "kind:N",
        scale=alt.Scale(domain=kinds, range=[ink.context, ink.accent]),
        legend=named(names),
    )
    due = (
        rows.transform_calculate(kind="'arr'")
        .mark_bar(opacity=0.32)
        .encode(x=x, y=alt.Y("arr:Q", axis=amount, stack=None), color=colours, tooltip=hints)
    )
    expected = (
        rows.transform_calculate(kind="'expected'")
        .mark_bar(opacity=0.85, width={"band": 0.55})
        .encode(x=x, y=alt.Y("expected_arr:Q", stack=None), color=colours, tooltip=hints)
    )
    interval = rows.mark_rule(color=ink.ink, strokeWidth=2).encode(
        x=x, y="low:Q", y2="high:Q", tooltip=hints
    )
    counts = (
        rows.transform_calculate(of=f"{ROOMY} ? datum.contracts : ''")
        .mark_text(fontSize=11, dy=-7, color=ink.muted)
        .encode(x=x, y="arr:Q", text="of:N")
    )
    target = rows.mark_rect(cursor="pointer").encode(
        x=x, y=alt.value(0), y2=alt.value(_HEIGHT), tooltip=hints
    )
    layers = alt.layer(due, expected, interval, counts, selectable(target, "segment"))
    return finished(layers.properties(height=_HEIGHT), ink)


@cache
def forecast_check(language: str, dark: bool) -> Spec:
    """Intervals forecast three months ahead, and the mark of what came."""
    ink = palette(dark)
    rows = (
        alt.Chart(alt.NamedData("rows"))
        .transform_filter(f"datum.lead == {LEAD}")
        .transform_calculate(
            fate="datum.open > 0 ? 'open' : datum.is_inside ? 'inside' : 'outside'"
        )
    )
    x = alt.X("month:N", title=None, axis=_months())
    amount = alt.Axis(labelExpr=short("datum.value", language), title=None, tickCount=5)
    hints = tooltips(
        language,
        "forecast_check",
        *("month", "contracts", "expected_arr", "low", "high", "came_arr", "renewed"),
        "open",
    )
    interval = rows.mark_rule(color=ink.accent, strokeWidth=7, opacity=0.28).encode(
        x=x, y=alt.Y("low:Q", axis=amount, scale=alt.Scale(zero=True)), y2="high:Q"
    )
    # chances of 100 % alone: a forecast without spread is no band
    bare = (
        rows.transform_filter("datum.high - datum.low < 0.5")
        .mark_tick(color=ink.accent, thickness=2.5, size=14, orient="horizontal")
        .encode(x=x, y="low:Q")
    )
    fates = ["inside", "outside", "open"]
    inks = alt.Scale(domain=fates, range=[ink.accent, ink.at_risk, ink.muted])
    filled = alt.Fill("fate:N", scale=inks, legend=None)
    came = rows.mark_point(size=60, strokeWidth=2, opacity=1).encode(
        x=x,
        y="came_arr:Q",
        shape=alt.Shape(
            "fate:N",
            scale=alt.Scale(domain=fates, range=["circle", "triangle-up", "circle"]),
            legend=None,
        ),
        color=alt.Color("fate:N", scale=inks, legend=None),
        fill=alt.condition("datum.fate == 'open'", alt.value(ink.ground), filled),
    )
    target = rows.mark_rect(cursor="pointer").encode(
        x=x, y=alt.value(0), y2=alt.value(_HEIGHT), tooltip=hints
    )
    layers = alt.layer(interval, bare, came, selectable(target, "month", "made_on"))
    return finished(layers.properties(height=_HEIGHT), ink)


@cache
def forecast_calibration(language: str, dark: bool) -> Spec:
    """Dots with intervals: how contracts of each tenth of the chance renewed."""
    tenths = (
        "format(datum.chance_from * 100, '.0f') + ' – '"
        f" + format(datum.chance_to * 100, '.0f') + '{SIGN[language]}'"
    )
    order = alt.EncodingSortField("chance_from", order="descending")
    return _came(language, dark, "forecast_calibration", tenths, order, leads="chance_from")


@cache
def call_outcomes(language: str, dark: bool) -> Spec:
    """Dots with intervals: how contracts of each call renewed, and what the model gave them."""
    calls = [text.say(f"calls.{call}", language) for call in CALLS]
    return _came(language, dark, "call_outcomes", "datum.call", calls, "call", leads="call")


def _came(
    language: str,
    dark: bool,
    query: str,
    group: str,
    order: Any,
    *hinted: str,
    leads: str,
) -> Spec:
    """Draw how groups renewed, as dots with intervals, and as a tick what was expected of them."""
    ink = palette(dark)
    rows = alt.Chart(alt.NamedData("rows")).transform_calculate(
        group=group,
        of=f"format(datum.rate * 100, '.0f') + '{SIGN[language]} · '"
        " + datum.renewed + '/' + datum.contracts",
    )
    y = alt.Y(
        "group:N",
        title=None,
        sort=order,
        axis=alt.Axis(labelLimit=150, labelPadding=8, domain=False, ticks=False),
    )
    quiet = alt.Axis(labelExpr=WHOLE, values=[0, 0.25, 0.5, 0.75, 1], title=None)
    x = alt.X("rate:Q", scale=alt.Scale(domain=[0, 1]), axis=quiet)
    hints = tooltips(
        language,
        query,
        *(*hinted, "contracts", "renewed", "rate", "expected_rate", "rate_low", "rate_high"),
    )
    interval = rows.mark_rule(strokeWidth=4, opacity=0.28, color=ink.accent).encode(
        y=y, x="rate_low:Q", x2="rate_high:Q", tooltip=hints
    )
    few = alt.condition("datum.is_few_cases", alt.value(ink.ground), alt.value(ink.accent))
    dots = rows.mark_point(size=95, strokeWidth=2, opacity=1).encode(
        y=y, x=x, color=alt.value(ink.accent), fill=few, tooltip=hints
    )
    expected = (
        rows.transform_filter("isValid(datum.expected_rate)")
        .mark_tick(color=ink.ink, thickness=2.5, size=20)
        .encode(y=y, x="expected_rate:Q", tooltip=hints)
    )
    labels = rows.mark_text(align="left", dx=10, fontSize=12, color=ink.ink).encode(
        y=y, x=alt.value("width"), text="of:N"
    )
    target = wide_row(rows, y, hints, leads)
    layers = alt.layer(interval, dots, expected, labels, target)
    return finished(layers.properties(height=alt.Step(ROW)), ink)


def _months() -> alt.Axis:
    """Label months; on a phone every third has room."""
    month = "slice(datum.value, 5)"
    return alt.Axis(
        labelAngle=0,
        labelExpr=f"({ROOMY} && datum.index == 0) || {month} == '01'"
        f" ? [{month}, slice(datum.value, 0, 4)]"
        f" : {ROOMY} || toNumber({month}) % 3 == 1 ? {month} : ''",
        domain=False,
        ticks=False,
    )
