"""Charts of Customer value: retention, concentration, lifetime, cohorts, effort, stages."""

from functools import cache
from typing import Any

import altair as alt

from tend.figures.drawing import (
    MOST_ROWS,
    ROW,
    SIGN,
    WHOLE,
    Spec,
    finished,
    level,
    selectable,
    short,
    tall_column,
    tooltips,
    wide_row,
)
from tend.figures.limits import CRITICAL_RATE, HEALTHY_RATIO
from tend.figures.palette import palette
from tend.language import text


def say(key: str, language: str) -> str:
    """Give a text of the charts of value."""
    return text.say(f"value.chart.{key}", language)


def money_axis(language: str, **more: Any) -> alt.Axis:
    """Give an axis of signed amounts."""
    return alt.Axis(labelExpr=signed("datum.value", language), title=None, tickCount=5, **more)


def rows_of() -> alt.Chart:
    """Begin with the rows that the page binds."""
    return alt.Chart(alt.NamedData("rows"))


def quiet(limit: int = 150) -> alt.Axis:
    """Give an axis of names, without lines."""
    return alt.Axis(labelLimit=limit, labelPadding=8, domain=False, ticks=False)


def signed(value: str, language: str) -> str:
    """Write a signed amount short."""
    return f"({value} < 0 ? '\u2212' + {short(f'(-{value})', language)} : {short(value, language)})"


def _month_axis() -> alt.Axis:
    return alt.Axis(format="%Y-%m", title=None, labelAngle=0, tickCount=6)


def _last_labels(base: alt.Chart, lines: dict[str, tuple[str, str]], sort: str) -> list[Any]:
    """Write each line's name at its last point."""
    last = base.transform_window(
        backwards="row_number()", sort=[alt.SortField(sort, order="descending")]
    ).transform_filter("datum.backwards == 1")
    return [
        last.mark_text(align="left", dx=8, fontSize=12, fontWeight=600, color=colour).encode(
            x=f"{sort}:T", y=f"{field}:Q", text=alt.value(said)
        )
        for field, (said, colour) in lines.items()
    ]


@cache
def retention_trend(language: str, dark: bool) -> Spec:
    """Lines of NRR and GRR over 12 months, month by month; hollow: not finished; 100 % a line."""
    ink = palette(dark)
    base = rows_of()
    x = alt.X("month:T", axis=_month_axis())
    axis = alt.Axis(labelExpr=WHOLE, title=None, tickCount=5)
    scale = alt.Scale(zero=False, nice=True, padding=20)
    hints = tooltips(
        language,
        "retention_trend",
        *("month", "nrr", "grr", "logo_retention", "opening_customers", "opening_arr", "arr_now"),
        *("overdue_arr", "nrr_at_worst", "grr_at_worst"),
    )
    lines = {"nrr": ("NRR", ink.accent), "grr": ("GRR", ink.context)}
    targets = [
        one
        for name, (said, _) in lines.items()
        for one in level(
            base,
            f"{name}_target",
            f"{said} · {text.say('charts.target', language)}",
            language,
            ink,
        )
    ]
    settled = base.transform_filter("datum.overdue_arr == 0")
    unsettled = base.transform_filter("datum.overdue_arr > 0")
    layers = []
    for field, (_, colour) in lines.items():
        y = alt.Y(f"{field}:Q", axis=axis, scale=scale)
        layers += [
            settled.mark_line(point=True, strokeWidth=2.5, color=colour).encode(
                x=x, y=y, tooltip=hints
            ),
            # not finished is not joined: from there to what is left if all in grace is lost
            unsettled.mark_rule(strokeWidth=6, opacity=0.3, color=colour).encode(
                x=x, y=f"{field}_at_worst:Q", y2=f"{field}:Q", tooltip=hints
            ),
            unsettled.mark_point(size=50, fill=ink.ground, color=colour, opacity=1).encode(
                x=x, y=y, tooltip=hints
            ),
        ]
    whole = base.mark_rule(color=ink.muted, strokeDash=[3, 3]).encode(y=alt.datum(1))
    labels = _last_labels(base, lines, "month")
    met = tall_column(base, x, 280, hints, "month")
    layers = [whole, *targets, *layers, *labels, met]
    return finished(alt.layer(*layers).properties(height=280), ink)


@cache
def concentration_curve(language: str, dark: bool) -> Spec:
    """Cumulative share of the ARR over the customers, the largest first; 20 % and 80 % marked."""
    ink = palette(dark)
    rows = rows_of()
    axis = alt.Axis(labelExpr=WHOLE, values=[0, 0.2, 0.4, 0.6, 0.8, 1], title=None, grid=True)
    x = alt.X("customer_share:Q", axis=axis, scale=alt.Scale(domain=[0, 1]))
    y = alt.Y("cumulative_share:Q", axis=axis, scale=alt.Scale(domain=[0, 1]))
    hints = tooltips(
        language,
        "concentration_curve",
        *("place", "customer_share", "cumulative_share", "arr", "customer_name"),
    )
    top = rows.transform_filter("datum.is_top_fifth").mark_area(color=ink.accent, opacity=0.22)
    line = rows.mark_line(color=ink.accent, strokeWidth=2.5)
    dots = rows.mark_point(size=200, filled=True, cursor="pointer")
    at_20 = rows.mark_rule(color=ink.muted, strokeDash=[3, 3]).encode(x=alt.datum(0.2))
    at_80 = rows.mark_rule(color=ink.muted, strokeDash=[3, 3]).encode(y=alt.datum(0.8))
    last = (
        rows.transform_filter("datum.is_top_fifth")
        .transform_window(back="row_number()", sort=[alt.SortField("place", order="descending")])
        .transform_filter("datum.back == 1")
        .transform_calculate(
            said=f"format(datum.cumulative_share * 100, '.1f') + '{SIGN[language]} '"
            f" + '{say('by_fifth', language)}'"
        )
    )
    label = last.mark_text(align="left", dx=10, dy=14, fontSize=13, fontWeight=600, color=ink.ink)
    point = last.mark_point(filled=True, size=70, color=ink.accent, opacity=1)
    chart = alt.layer(
        at_20,
        at_80,
        top.encode(x=x, y=y),
        line.encode(x=x, y=y),
        point.encode(x=x, y=y),
        label.encode(x=x, y=y, text="said:N"),
        selectable(dots.encode(x=x, y=y, tooltip=hints), "place"),
    )
    return finished(chart.properties(height=300), ink)


@cache
def lifetime_value(language: str, dark: bool) -> Spec:
    """Bars of LTV/CAC by segment against the line of 3, with lifetime and rate beside them."""
    ink = palette(dark)
    segments = (
        rows_of()
        .transform_filter("!datum.is_total")
        .transform_window(rank="row_number()", sort=[alt.SortField("arr", order="descending")])
        .transform_filter(f"datum.rank <= {MOST_ROWS}")
    )
    years, more = say("years", language), say("more_than", language)
    rows = segments.transform_calculate(
        shown="isValid(datum.ltv_cac) ? datum.ltv_cac : 0",
        said="(isValid(datum.ltv_cac) ? format(datum.ltv_cac, '.1f') : '–') + ' · '"
        f" + (isValid(datum.lifetime_years) ? format(datum.lifetime_years, '.1f') + '{years}'"
        f" : isValid(datum.at_least_years) ? '{more}' + datum.at_least_years + '{years}' : '–')"
        " + (isValid(datum.logo_renewal_rate) ? ' · '"
        f" + format(datum.logo_renewal_rate * 100, '.0f') + '{SIGN[language]} ('"
        " + datum.customers_renewed + '/' + datum.customers_decided + ')' : '')",
    )
    y = alt.Y("segment:N", title=None, sort=alt.EncodingSortField("rank"), axis=quiet())
    x = alt.X("shown:Q", axis=None, scale=alt.Scale(zero=True))
    hints = tooltips(
        language,
        "lifetime_value",
        *("segment", "customers", "arr_per_customer", "ltv", "cac", "ltv_cac"),
        *("lifetime_years", "logo_renewal_rate", "point_value"),
    )
    low = f"datum.ltv_cac < {HEALTHY_RATIO} || datum.logo_renewal_rate < {CRITICAL_RATE}"
    bars = rows.mark_bar(height=16, cornerRadiusEnd=2).encode(
        y=y,
        x=x,
        color=alt.condition(low, alt.value(ink.accent), alt.value(ink.context)),
        tooltip=hints,
    )
    met = selectable(rows.mark_bar(height=ROW).encode(y=y, x=x, tooltip=hints), "segment")
    labels = rows.mark_text(align="left", dx=6, fontSize=12, color=ink.ink).encode(
        y=y, x=x, text="said:N"
    )
    line = (
        rows_of()
        .transform_calculate(healthy=f"{HEALTHY_RATIO}")
        .mark_rule(color=ink.muted, strokeDash=[4, 3])
        .encode(x=alt.X("healthy:Q", axis=None))
    )
    return finished(alt.layer(bars, line, labels, met).properties(height=alt.Step(ROW)), ink)


@cache
def value_base(language: str, dark: bool) -> Spec:
    """Line of the index of customers x LTV x NPS by month, nothing as a line."""
    ink = palette(dark)
    rows = rows_of().transform_filter("isValid(datum.base)")
    hints = tooltips(
        language,
        "value_base",
        *("month", "base", "customers", "ltv", "nps", "answers", "logo_renewal_rate"),
    )
    line = rows.mark_line(point=True, color=ink.accent, strokeWidth=2.5).encode(
        x=alt.X("month:T", axis=_month_axis()),
        y=alt.Y("base:Q", axis=alt.Axis(title=None, tickCount=5)),
        tooltip=hints,
    )
    zero = rows.mark_rule(color=ink.muted).encode(y=alt.datum(0))
    met = tall_column(rows, alt.X("month:T"), 260, hints, "month")
    return finished(alt.layer(zero, line, met).properties(height=260), ink)


@cache
def lifecycle(language: str, dark: bool) -> Spec:
    """Bars of customers by stage of life, in the order of life, with their ARR."""
    ink = palette(dark)
    rows = rows_of().transform_calculate(
        said=f"datum.customers + (datum.arr > 0 ? ' · ' + {short('datum.arr', language)} : '')"
        " + (datum.entered ? ' · +' + datum.entered : '')"
        " + (datum.left_it ? ' −' + datum.left_it : '')"
    )
    y = alt.Y("stage:N", title=None, sort=alt.EncodingSortField("place"), axis=quiet())
    x = alt.X("customers:Q", axis=None, scale=alt.Scale(zero=True))
    hints = tooltips(
        language,
        "lifecycle",
        *("stage", "customers", "arr", "entered", "left_it"),
    )
    bars = rows.mark_bar(height=18, cornerRadiusEnd=2, color=ink.accent).encode(
        y=y, x=x, tooltip=hints
    )
    labels = rows.mark_text(align="left", dx=6, fontSize=12, color=ink.ink).encode(
        y=y, x=x, text="said:N"
    )
    picked = wide_row(rows, y, hints, "stage")
    return finished(alt.layer(bars, labels, picked).properties(height=alt.Step(ROW)), ink)
