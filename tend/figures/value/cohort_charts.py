"""Charts of cohorts: who is still there, how the curve goes on, and Kaplan-Meier beside it."""

from functools import cache
from typing import Any

import altair as alt

from tend.figures.drawing import (
    WHOLE,
    Spec,
    finished,
    selectable,
    short,
    tooltips,
)
from tend.figures.palette import Palette, palette
from tend.figures.value.value_charts import quiet, rows_of, say
from tend.language import text

_HEIGHT = 320
# A line of text, in parts of an axis of that height from 0 to 1.
_LINE = 0.05


def _cohorts(field: str, language: str, dark: bool) -> Spec:
    ink = palette(dark)
    rows = rows_of()
    x = alt.X(
        "age:O",
        title=say("age", language),
        axis=alt.Axis(orient="top", labelAngle=0, domain=False, ticks=False),
    )
    y = alt.Y("cohort:N", title=None, axis=quiet())
    hints = tooltips(
        language,
        "cohort_retention",
        *("cohort", "customers", "kept_customers", "arr", "kept_arr", "customer_share"),
        *("arr_share", "net_share"),
    )
    cells = rows.mark_rect(stroke=ink.ground, strokeWidth=2).encode(
        x=x,
        y=y,
        color=alt.Color(
            f"{field}:Q",
            scale=alt.Scale(domain=[0.5, 1], range=list(ink.heat), clamp=True, interpolate="rgb"),
            legend=None,
        ),
        tooltip=hints,
    )
    on_cell = alt.condition(
        f"datum.{field} < {0.5 + ink.heat_turn / 2}",
        alt.value(ink.on_heat[0]),
        alt.value(ink.on_heat[1]),
    )
    counted = (
        "datum.kept_customers + '/' + datum.customers"
        if field == "customer_share"
        else short("datum.kept_arr", language)
    )
    texts = rows.transform_calculate(
        whole=f"isValid(datum.{field}) ? format(datum.{field} * 100, '.0f') : '–'",
        of=f"width > 430 ? {counted} : ''",
    )
    numbers = texts.mark_text(fontSize=13, dy=-6).encode(x=x, y=y, text="whole:N", color=on_cell)
    counts = texts.mark_text(fontSize=10.5, dy=9).encode(x=x, y=y, text="of:N", color=on_cell)
    met = rows.mark_rect(cursor="pointer").encode(x=x, y=y, tooltip=hints)
    layers = alt.layer(cells, numbers, counts, selectable(met, "cohort", "age"))
    return finished(layers.properties(height=alt.Step(40)), ink)


@cache
def cohort_customers(language: str, dark: bool) -> Spec:
    """Heat map of the share of customers still there, by cohort and age."""
    return _cohorts("customer_share", language, dark)


@cache
def cohort_arr(language: str, dark: bool) -> Spec:
    """Heat map of the share of ARR still there, capped per customer."""
    return _cohorts("arr_share", language, dark)


def _few(ink: Palette) -> list[str]:
    return [ink.accent, ink.at_risk, ink.healthy, ink.average, ink.context, ink.unknown, ink.ink]


def _share_axis() -> alt.Y:
    return alt.Y(
        "share:Q", title=None, axis=alt.Axis(labelExpr=WHOLE), scale=alt.Scale(domain=[0, 1])
    )


def _named(rows: alt.Chart, line: str, x: str, colour: alt.Color, ink: Palette) -> list[alt.Chart]:
    """Write each line's name at its last point; names that would meet go under each other."""
    last = rows.transform_window(
        back="row_number()", sort=[alt.SortField(x, order="descending")], groupby=[line]
    ).transform_filter("datum.back == 1")
    down: list[alt.SortField | dict[str, str]] = [
        alt.SortField("share", order="descending"),
        alt.SortField(line),
    ]
    named = (
        last.transform_window(place_below="row_number()", sort=down, groupby=[x])
        .transform_calculate(lifted=f"datum.share + datum.place_below * {_LINE}")
        .transform_window(highest="min(lifted)", sort=down, frame=[None, 0], groupby=[x])
        .transform_calculate(name_at=f"datum.highest - datum.place_below * {_LINE}")
        .encode(x=f"{x}:Q", y="name_at:Q", text=f"{line}:N")
    )
    look: dict[str, Any] = {"align": "left", "dx": 9, "fontSize": 12, "fontWeight": 600}
    # a rim in the colour of the ground keeps a name readable where another line passes
    rim = named.mark_text(**look, limit=130, stroke=ink.ground, strokeWidth=3, opacity=0.8)
    return [rim, named.mark_text(**look, limit=130).encode(color=colour)]


@cache
def cohort_curves(language: str, dark: bool) -> Spec:
    """Lines of what was seen; dashed how a steady curve goes on, within its interval."""
    ink = palette(dark)
    rows = rows_of()
    x = alt.X("age:Q", title=say("age", language), axis=alt.Axis(tickMinStep=1, format="d"))
    y = _share_axis()
    colour = alt.Color("cohort:N", scale=alt.Scale(range=_few(ink)), legend=None)
    hints = tooltips(
        language,
        "cohort_curves",
        *("cohort", "customers", "kept_customers", "seen_share", "arr_share", "share"),
        *("share_low", "share_high"),
    )
    fitted = rows.transform_filter("datum.is_steady && isValid(datum.share)")
    band = fitted.mark_area(opacity=0.12).encode(
        x=x, y="share_low:Q", y2="share_high:Q", color=colour
    )
    dashed = fitted.mark_line(strokeDash=[5, 4], strokeWidth=2).encode(x=x, y=y, color=colour)
    seen = rows.transform_filter("isValid(datum.seen_share)")
    solid = seen.mark_line(strokeWidth=2.5, point=True).encode(
        x=x, y="seen_share:Q", color=colour, tooltip=hints
    )
    drawn = rows.transform_calculate(
        share="isValid(datum.seen_share) ? datum.seen_share : datum.share"
    ).transform_filter(
        "datum.age > 0 && isValid(datum.share) && (datum.is_steady || isValid(datum.seen_share))"
    )
    reached = rows.transform_filter("isValid(datum.seen_share) || datum.is_steady")
    met = reached.transform_calculate(
        at="isValid(datum.seen_share) ? datum.seen_share : datum.share"
    )
    points = met.mark_point(size=140, filled=True, cursor="pointer").encode(
        x=x, y="at:Q", tooltip=hints
    )
    picked = selectable(points, "cohort", "age")
    names = _named(drawn, "cohort", "age", colour, ink)
    chart = alt.layer(band, dashed, solid, *names, picked)
    return finished(chart.properties(height=_HEIGHT), ink)


@cache
def contract_lifetimes(language: str, dark: bool) -> Spec:
    """Steps of the share still there by months of life (Kaplan-Meier), one line per segment."""
    ink = palette(dark)
    rows = rows_of().transform_filter("datum.place <= 6")
    years = alt.Axis(values=list(range(0, 361, 12)))
    x = alt.X("months:Q", title=text.say("columns.months", language), axis=years)
    y = _share_axis()
    # by the segment's place, not by its name: another language leaves the colours alone
    scale = alt.Scale(domain=[1, 2, 3, 4, 5, 6], range=_few(ink)[:6])
    colour = alt.Color("place:N", scale=scale, legend=None)
    hints = tooltips(
        language,
        "contract_lifetimes",
        *("segment", "months", "still_there", "lost", "share", "share_low", "share_high"),
        "customers",
    )
    band = rows.transform_filter("isValid(datum.share_low)").mark_area(
        opacity=0.1, interpolate="step-after"
    )
    line = rows.mark_line(interpolate="step-after", strokeWidth=2)
    dots = rows.mark_point(size=45, filled=True)
    met = rows.mark_point(size=140, filled=True, cursor="pointer")
    chart = alt.layer(
        band.encode(x=x, y="share_low:Q", y2="share_high:Q", color=colour),
        line.encode(x=x, y=y, color=colour),
        dots.encode(x=x, y=y, color=colour, tooltip=hints),
        *_named(rows, "segment", "months", colour, ink),
        selectable(met.encode(x=x, y=y, tooltip=hints), "segment", "months"),
    )
    return finished(chart.properties(height=_HEIGHT), ink)
