"""Charts of Renewals' first screen: the rate over time, by segment, and why contracts are lost."""

from functools import cache
from typing import Any

import altair as alt

from tend.figures.drawing import (
    MOST_ROWS,
    PERIOD,
    ROOMY,
    ROW,
    SIGN,
    WHOLE,
    Spec,
    finished,
    level,
    selectable,
    short,
    tooltips,
)
from tend.figures.limits import CRITICAL_RATE
from tend.figures.palette import Palette, palette
from tend.language import text

_HEIGHT = 270
# Room in the trend for what is still open, and for the counts.
_ABOVE, _BELOW = 30, 28
# On a phone the counts stand in two lines of that height.
_LINE = 11
_RATE = "format(datum.contract_renewal_rate * 100, '.{digits}f')"


@cache
def renewals_by_period(language: str, dark: bool) -> Spec:
    """Line of the contract renewal rate by period, net amount beside it; open ones are ranges."""
    ink = palette(dark)
    x = alt.X("segment:N", sort=None, title=None, axis=_periods(line=True))
    closed = "datum.due + datum.overdue == 0"
    base = (
        alt.Chart(alt.NamedData("rows"))
        .transform_filter("datum.segment_code != 'unknown'")
        # what is not finished is no record, and joined to none
        .transform_calculate(
            by_contracts=f"{closed} ? datum.contract_renewal_rate : null",
            by_amount=f"{closed} ? datum.net_renewal_rate : null",
        )
    )
    contract = alt.Y("by_contracts:Q", **_share())
    lines = [
        base.mark_line(color=ink.context, strokeWidth=1.5).encode(x=x, y="by_amount:Q"),
        base.mark_line(color=ink.accent, strokeWidth=2.5).encode(x=x, y=contract),
    ]
    hints = tooltips(
        language,
        "renewal_rates",
        *("segment", "renewed", "lost", "overdue", "due", "contract_renewal_rate"),
        *("net_renewal_rate", "rate_at_best", "rate_at_worst"),
    )
    dots = (
        base.transform_filter("isValid(datum.by_contracts)")
        .mark_point(filled=True, opacity=1, color=ink.accent)
        .encode(
            x=x,
            y=contract,
            size=alt.condition("datum.is_few_cases", alt.value(22), alt.value(70)),
            tooltip=hints,
        )
    )
    counts = base.mark_text(
        fontSize=alt.expr(f"{ROOMY} ? 11 : 9"),
        lineHeight=_LINE,
        dy=alt.expr(f"{ROOMY} ? 0 : {-_LINE}"),
        color=ink.muted,
        baseline="bottom",
    ).encode(x=x, y=alt.value(_HEIGHT - 6), text="of:N")
    chart = alt.layer(
        *_levels(base, language, ink),
        *lines,
        *_ranges(base.transform_filter(f"!({closed})"), x, language, ink),
        dots,
        counts.transform_calculate(
            of=f"{ROOMY} ? datum.renewed + '/' + datum.decided"
            " : [datum.renewed, '/' + datum.decided]"
        ),
        *_end_labels(base, x, ("by_contracts", ink.accent), language),
        *_end_labels(base, x, ("by_amount", ink.context), language),
        selectable(
            base.mark_rule(strokeWidth=34, cursor="pointer").encode(
                x=x, y=alt.value(0), y2=alt.value(_HEIGHT), tooltip=hints
            ),
            "segment",
        ),
    ).properties(height=_HEIGHT)
    return finished(chart, ink)


@cache
def renewals_by_segment(language: str, dark: bool) -> Spec:
    """Dots of the contract renewal rate with Wilson intervals; all together as a line."""
    ink = palette(dark)
    rows = (
        alt.Chart(alt.NamedData("rows"))
        .transform_filter("!datum.is_total && datum.decided > 0")
        .transform_window(rank="row_number()", sort=[alt.SortField("decided", order="descending")])
        .transform_filter(f"datum.rank <= {MOST_ROWS}")
    )
    axis = alt.Axis(labelLimit=150, labelPadding=8, domain=False, ticks=False)
    y = alt.Y("segment:N", title=None, sort=alt.EncodingSortField("rank"), axis=axis)
    x = alt.X(
        "contract_renewal_rate:Q",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(labelExpr=WHOLE, values=[0, 0.25, 0.5, 0.75, 1], title=None),
    )
    whole = alt.Chart(alt.NamedData("rows")).transform_filter("datum.is_total")
    total = whole.mark_rule(color=ink.muted, strokeDash=[3, 3]).encode(x=x)
    target_rate = (
        whole.transform_filter("isValid(datum.target)")
        .mark_rule(color=ink.ink, strokeDash=[6, 3])
        .encode(x="target:Q")
    )
    hints = tooltips(
        language,
        "renewal_rates",
        *("segment", "renewed", "lost", "overdue", "due", "contract_renewal_rate"),
        *("rate_low", "rate_high"),
    )
    interval = rows.mark_rule(strokeWidth=4, opacity=0.28, color=ink.accent).encode(
        y=y, x=alt.X("rate_low:Q"), x2="rate_high:Q", tooltip=hints
    )
    dots = rows.mark_point(size=95, strokeWidth=2, opacity=1).encode(
        y=y,
        x=x,
        color=alt.value(ink.accent),
        fill=alt.condition("datum.is_few_cases", alt.value(ink.ground), alt.value(ink.accent)),
        tooltip=hints,
    )
    few = f" + (datum.is_few_cases ? ' · {_say('few', language)}' : '')"
    rate = _RATE.format(digits=1)
    label = f"{rate} + '{SIGN[language]} · ' + datum.renewed + '/' + datum.decided{few}"
    labels = (
        rows.transform_calculate(label=label)
        .mark_text(align="left", dx=10, fontSize=12, color=ink.ink)
        .encode(y=y, x=alt.value("width"), text="label:N")
    )
    target = rows.mark_rule(strokeWidth=ROW - 2, cursor="pointer").encode(
        y=y, x=alt.value(0), x2=alt.value("width"), tooltip=hints
    )
    chart = alt.layer(
        total, target_rate, interval, dots, labels, selectable(target, "segment")
    ).properties(height=alt.Step(ROW))
    return finished(chart, ink)


@cache
def loss_reasons(language: str, dark: bool) -> Spec:
    """Bars of lost ARR by reason, the largest first, with the number of contracts."""
    ink = palette(dark)
    rows = alt.Chart(alt.NamedData("rows")).transform_calculate(
        label=f"{short('datum.arr', language)} + ' · ' + datum.contracts"
    )
    axis = alt.Axis(labelLimit=170, labelPadding=8, domain=False, ticks=False)
    y = alt.Y(
        "reason_group:N",
        title=None,
        sort=alt.EncodingSortField("arr", order="descending"),
        axis=axis,
    )
    x = alt.X("arr:Q", axis=None, scale=alt.Scale(zero=True))
    hints = tooltips(
        language,
        "loss_reasons",
        *("reason_group", "arr", "arr_share", "contracts", "customers", "share", "reasons"),
    )
    bars = rows.mark_bar(height=18, cornerRadiusEnd=2).encode(
        y=y,
        x=x,
        color=alt.condition(
            "datum.reason_group_code == 'unknown'", alt.value(ink.unknown), alt.value(ink.accent)
        ),
        tooltip=hints,
    )
    labels = rows.mark_text(align="left", dx=6, fontSize=12, color=ink.ink).encode(
        y=y, x=x, text="label:N"
    )
    target = rows.mark_rule(strokeWidth=ROW - 2, cursor="pointer").encode(
        y=y, x=alt.value(0), x2=alt.value("width"), tooltip=hints
    )
    layers = alt.layer(bars, labels, selectable(target, "reason_group"))
    return finished(layers.properties(height=alt.Step(ROW)), ink)


def _end_labels(base: alt.Chart, x: alt.X, line: tuple[str, str], language: str) -> list[Any]:
    """Write a line's name at its last point, above or below as it stands to the other line."""
    field, colour = line
    wide, narrow = (_say(f"{field}{part}", language) for part in ("", "_narrow"))
    middle = "(datum.by_contracts + datum.by_amount) / 2"
    upper = f"datum.{field} {'>=' if field == 'by_amount' else '>'} {middle}"
    last = (
        base.transform_filter("isValid(datum.by_contracts)")
        .transform_window(place="row_number()", sort=[alt.SortField("segment", order="descending")])
        .transform_filter("datum.place == 1")
        .transform_calculate(called=f"{ROOMY} ? '{wide}' : '{narrow}'")
    )
    return [
        last.transform_filter(where)
        .mark_text(align="left", dx=10, dy=dy, fontSize=12, fontWeight=600, color=colour)
        .encode(x=x, y=f"{field}:Q", text="called:N")
        for where, dy in ((upper, -8), (f"!({upper})", 8))
    ]


def _ranges(unfinished: alt.Chart, x: alt.X, language: str, ink: Palette) -> list[alt.Chart]:
    """Draw what can still come of open periods, and say of the last how far it is."""
    span = unfinished.mark_rule(color=ink.accent, strokeWidth=8, opacity=0.22)
    so_far = (
        unfinished.transform_window(
            place="row_number()", sort=[alt.SortField("segment", order="descending")]
        )
        .transform_filter("datum.place == 1")
        .transform_calculate(
            of=f"datum.renewed + '/' + datum.decided + '{_say('so_far', language)}'"
            f" + datum.open + '{_say('still_open', language)}'"
        )
        .mark_text(fontSize=12, fontWeight=600, color=ink.accent, align="right", dx=8)
        .encode(x=x, y=alt.value(_HEIGHT - _BELOW - 10), text="of:N")
    )
    worst = alt.Y("rate_at_worst:Q", **_share())
    return [span.encode(x=x, y=worst, y2="rate_at_best:Q"), so_far]


def _levels(base: alt.Chart, language: str, ink: Palette) -> list[alt.Chart]:
    """Draw the critical rate of all, and the target where the company has one."""
    critical = base.transform_calculate(critical=f"{CRITICAL_RATE}")
    return [
        *level(critical, "critical", _say("critical", language), language, ink),
        *level(base, "target", _say("target", language), language, ink),
    ]


def _periods(*, line: bool) -> alt.Axis:
    return alt.Axis(labelAngle=0, labelExpr=PERIOD, domain=line, ticks=False)


def _share() -> dict[str, Any]:
    """From half to all, further only where the data go: above and below there is room for words."""
    scale = alt.Scale(
        domain={"unionWith": [0.5, 1]},
        zero=False,
        nice=False,
        range=[_HEIGHT - _BELOW, _ABOVE],
    )
    return {"scale": scale, "axis": alt.Axis(labelExpr=WHOLE, title=None, tickCount=5)}


def _say(key: str, language: str) -> str:
    return text.say(f"charts.{key}", language)
