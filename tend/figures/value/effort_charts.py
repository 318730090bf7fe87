"""Chart of effort: what customers bring against the service they get."""

from functools import cache
from typing import Any

import altair as alt

from tend.figures.drawing import ROOMY, Spec, finished, selectable, short, tooltips
from tend.figures.palette import palette
from tend.figures.value.value_charts import rows_of, say

# Where a logarithmic axis of money may have a number.
_ROUND = [step * 10**power for power in range(10) for step in (1, 2, 5)]
# The room of a name: beneath it as a part of the most hours, beside it as a logarithm of ARR.
_BENEATH, _BESIDE = 0.05, 1


@cache
def value_effort(language: str, dark: bool) -> Spec:
    """Dots of customers by value and service hours, cut at both medians; outliers named."""
    ink = palette(dark)
    rows = rows_of().transform_filter("datum.arr > 0")
    x = alt.X(
        "arr:Q",
        title=say("value_axis", language),
        scale=alt.Scale(type="log", nice=False, padding=12),
        axis=alt.Axis(
            labelExpr=short("datum.value", language),
            values=_ROUND,
            labelOverlap="greedy",
            labelSeparation=8,
        ),
    )
    y = alt.Y("service_hours:Q", title=say("effort_axis", language), scale=alt.Scale(nice=True))
    hints = tooltips(
        language,
        "value_effort",
        *("customer_name", "tier", "arr", "service_hours", "service_cost", "effort_share"),
        *("tier_effort_share", "csm"),
    )
    dots = rows.mark_point(filled=True, size=60).encode(
        x=x,
        y=y,
        color=alt.condition("datum.is_outlier", alt.value(ink.at_risk), alt.value(ink.accent)),
        shape=alt.condition("datum.is_outlier", alt.value("triangle-up"), alt.value("circle")),
        opacity=alt.condition("datum.is_outlier", alt.value(1), alt.value(0.5)),
    )
    target = rows.mark_point(filled=True, size=150, cursor="pointer").encode(
        x=x, y=y, tooltip=hints
    )
    named = _outliers(rows).encode(x=x, y=y, text="customer_name:N")
    look: dict[str, Any] = {"fontSize": 11, "color": ink.ink, "limit": 150}
    # to the side where there is room: names of large customers stand before their mark
    beside = "datum.arr > datum.median_arr"
    names = [
        named.transform_filter(f"!({beside})").mark_text(align="left", dx=7, **look),
        named.transform_filter(beside).mark_text(align="right", dx=-7, **look),
    ]
    middle = rows.mark_rule(color=ink.muted, strokeDash=[3, 3])
    chart = alt.layer(
        middle.encode(x="median(median_arr):Q"),
        middle.encode(y="median(median_hours):Q"),
        dots,
        *names,
        selectable(target, "customer_id"),
    )
    return finished(chart.properties(height=340), ink)


def _outliers(rows: alt.Chart) -> alt.Chart:
    """Give the outliers whose name has room: not near the two above it."""
    down: list[alt.SortField | dict[str, str]] = [
        alt.SortField("service_hours", order="descending"),
        alt.SortField("arr"),
    ]
    marks = (
        rows.transform_joinaggregate(most_hours="max(service_hours)")
        .transform_filter(f"datum.is_outlier && {ROOMY}")
        .transform_window(sort=down, arr_1="lag(arr)", service_hours_1="lag(service_hours)")
        .transform_window(sort=down, arr_2="lag(arr_1)", service_hours_2="lag(service_hours_1)")
    )
    clear = [
        f"(!isValid(datum.arr_{above})"
        f" || datum.service_hours_{above} - datum.service_hours > {_BENEATH} * datum.most_hours"
        f" || abs(log(datum.arr / datum.arr_{above})) > {_BESIDE})"
        for above in (1, 2)
    ]
    named: alt.Chart = marks.transform_filter(" && ".join(clear))
    return named
