"""Charts of contracts and of the process: a chain, a customer's timeline, where renewals wait."""

from functools import cache
from typing import Literal

import altair as alt

from tend.figures.drawing import ROOMY, Spec, finished, named, short, tooltips, wide_row
from tend.figures.palette import Palette, palette
from tend.language import text

_TALL = 46
# Contracts of a chain that are shown: so many steps before and after.
NEAR = 3


@cache
def chain(language: str, dark: bool) -> Spec:
    """Bars from first to last day, one under the other; the contract itself in the accent."""
    ink = palette(dark)
    rows = alt.Chart(alt.NamedData("rows")).transform_filter(f"datum.steps <= {NEAR}")
    return _bars(rows, "datum.is_itself", "ascending", language, ink)


@cache
def timeline(language: str, dark: bool) -> Spec:
    """Bars of a customer's contracts, the newest first, those still to be renewed in the accent."""
    ink = palette(dark)
    rows = alt.Chart(alt.NamedData("rows"))
    return _bars(rows, "datum.is_open", "descending", language, ink)


def _bars(
    rows: alt.Chart,
    accent: str,
    order: Literal["ascending", "descending"],
    language: str,
    ink: Palette,
) -> Spec:
    rows = rows.transform_calculate(
        label=f"datum.contract_id + ' · ' + (isValid(datum.arr) ? {short('datum.arr', language)}"
        " : '–')",
    )
    by_start = alt.EncodingSortField("start_date", order=order)
    y = alt.Y("contract_id:N", title=None, sort=by_start, axis=None)
    x = alt.X("start_date:T", title=None, axis=alt.Axis(format="%Y-%m", tickCount=5))
    hints = tooltips(
        language,
        "contract_chain",
        *("contract_id", "outcome", "product", "contract_type", "arr"),
    )
    bars = rows.mark_bar(height=16, cornerRadius=2).encode(
        y=y,
        x=x,
        x2="shown_until:T",
        color=alt.condition(accent, alt.value(ink.accent), alt.value(ink.context)),
        opacity=alt.condition(accent, alt.value(1), alt.value(0.45)),
        tooltip=hints,
    )
    labels = rows.mark_text(align="left", dy=-14, fontSize=11, color=ink.muted).encode(
        y=y, x=x, text="label:N"
    )
    return finished(alt.layer(bars, labels).properties(height=alt.Step(44)), ink)


@cache
def process_funnel(language: str, dark: bool) -> Spec:
    """Bars of the contracts that reached each stage, those that wait there now in the accent."""
    ink = palette(dark)
    days, waiting = (text.say(f"charts.{key}", language) for key in ("days_median", "waiting"))
    over = text.say("charts.over_limit", language)
    rows = alt.Chart(alt.NamedData("rows")).transform_calculate(
        takes="isValid(datum.median_days) && datum.stays"
        f" ? '{days} ' + format(datum.median_days, '.0f') : ''",
        waits=f"datum.waiting ? '{waiting} ' + datum.waiting"
        f" + (datum.over_limit ? ', {over} ' + datum.over_limit : '') : ''",
        label="datum.takes + (datum.takes && datum.waits ? ' · ' : '') + datum.waits",
    )
    axis = alt.Axis(
        labelLimit=alt.expr(f"{ROOMY} ? 150 : 116"), labelPadding=8, domain=False, ticks=False
    )
    y = alt.Y("stage:N", title=None, sort=alt.EncodingSortField("place", op="min"), axis=axis)
    x = alt.X("reached:Q", axis=None, scale=alt.Scale(zero=True))
    hints = tooltips(
        language,
        "process_funnel",
        *("stage", "reached", "renewed", "lost", "waiting", "waiting_arr", "over_limit"),
        "median_days",
    )
    kinds = ["reached", "waiting"]
    names = {kind: text.say(f"columns.{kind}", language) for kind in kinds}
    colours = alt.Color(
        "kind:N",
        scale=alt.Scale(domain=kinds, range=[ink.context, ink.accent]),
        legend=named(names),
    )
    bars = [
        rows.transform_calculate(kind=f"'{kind}'")
        .mark_bar(height=16, cornerRadiusEnd=2, opacity=opacity, yOffset=-8)
        .encode(y=y, x=alt.X(f"{kind}:Q", axis=None), color=colours, tooltip=hints)
        for kind, opacity in zip(kinds, (0.4, 1), strict=True)
    ]
    counts = rows.mark_text(align="left", dx=6, dy=-8, fontSize=12, color=ink.ink).encode(
        y=y, x=x, text="reached:Q"
    )
    # Beneath the bar: beside it the words would take its room on a phone.
    labels = rows.mark_text(align="left", dy=10, fontSize=11, color=ink.muted).encode(
        y=y, x=alt.value(0), text="label:N"
    )
    layers = alt.layer(*bars, counts, labels, wide_row(rows, y, hints, "stage"))
    return finished(layers.properties(height=alt.Step(_TALL)), ink)
