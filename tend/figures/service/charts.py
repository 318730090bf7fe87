"""Charts of satisfaction and service: the SOP matrix, and who was touched in which month."""

from functools import cache
from typing import Any

import altair as alt

from tend.figures.drawing import (
    OVER,
    SIGN,
    Spec,
    finished,
    selectable,
    short,
    tooltips,
)
from tend.figures.palette import palette
from tend.language import text
from tend.language.format import MISSING
from tend.settings.sop import SATISFACTIONS, SCALES

# What a reader selects, by the name under which the page gets it.
CELL = "cell"
_ROW = 84
# Under so many pixels, as on a phone, a cell says less.
_MATRIX_NARROW, _TOUCHES_NARROW = 440, 640


@cache
def sop_matrix(language: str, dark: bool) -> Spec:
    """Scale by satisfaction: customers, ARR and NPS in each cell, and the steps that wait."""
    ink = palette(dark)
    chosen = alt.selection_point(name=CELL, fields=["scale", "satisfaction"], empty=False)
    x = alt.X(
        "satisfaction:N",
        sort=list(SATISFACTIONS),
        title=None,
        scale=alt.Scale(domain=list(SATISFACTIONS), paddingInner=0.04),
        axis=alt.Axis(
            orient="top", labelExpr=_headed("satisfaction", SATISFACTIONS, language), **OVER
        ),
    )
    y = alt.Y(
        "scale:N",
        sort=list(SCALES),
        title=None,
        scale=alt.Scale(paddingInner=0.06),
        axis=alt.Axis(labelExpr=_named("values", SCALES, language), **OVER),
    )
    tints = [ink.healthy, ink.average, ink.at_risk, ink.unknown]
    nps = text.say("service.chart.nps", language)
    base = alt.Chart(alt.NamedData("rows")).transform_calculate(
        money=short("datum.arr", language),
        nps_word=f"datum.nps == null ? '' : (width < {_MATRIX_NARROW} ? '' : '{nps} ')"
        " + format(datum.nps, '+.0f') + ' (' + datum.answers + ')'",
        steps=_steps(language),
    )
    hints = tooltips(
        language,
        "sop_matrix",
        *("customers", "arr", "answers", "nps", "open_steps", "overdue_steps"),
    )
    cells = (
        base.mark_rect(cursor="pointer", cornerRadius=3, strokeWidth=3, fillOpacity=0.14)
        .encode(
            x=x,
            y=y,
            color=alt.Color(
                "satisfaction:N",
                scale=alt.Scale(domain=list(SATISFACTIONS), range=tints),
                legend=None,
            ),
            stroke=alt.condition(chosen, alt.value(ink.accent), alt.value(ink.ground)),
            tooltip=hints,
        )
        .add_params(chosen)
    )
    words = [
        base.mark_text(
            dy=dy,
            fontSize=size,
            fontWeight="bold" if is_bold else "normal",
            color=color,
            tooltip=None,
            cursor="pointer",
        ).encode(x=x, y=y, text=f"{field}:N")
        for field, dy, size, is_bold, color in (
            ("customers", -22, 20, True, ink.ink),
            ("money", -3, 13, False, ink.ink),
            ("nps_word", 14, 12, False, ink.muted),
            ("steps", 30, 12, True, ink.accent),
        )
    ]
    return finished(alt.layer(cells, *words).properties(height=alt.Step(_ROW)), ink)


@cache
def touch_rate(language: str, dark: bool) -> Spec:
    """Heat map: CSM by month, the touch rate with its numbers in the cell, the lowest stand out."""
    ink = palette(dark)
    axis: dict[str, Any] = {"domain": False, "ticks": False, "labelAngle": 0}
    base = (
        alt.Chart(alt.NamedData("rows"))
        .transform_timeunit(as_="day", field="month", timeUnit="yearmonth")
        .transform_calculate(
            period="timeFormat(datum.day, '%Y-%m')",
            # of a month without touches of anybody nothing is known
            label=f"datum.touch_rate == null ? '{MISSING}' : format(datum.touch_rate * 100, '.0f')"
            f" + (width < {_TOUCHES_NARROW} ? '' : '{SIGN[language]}')",
            # on a phone there is room for the rate and for what it is of
            of="datum.touch_rate == null ? '' :"
            f" (width < {_TOUCHES_NARROW} ? '' : datum.touched) + '/' + datum.customers",
        )
    )
    x = alt.X(
        "period:O",
        title=None,
        axis=alt.Axis(
            labelExpr="datum.index == 0 || slice(datum.value, 5) == '01'"
            " ? [slice(datum.value, 5), slice(datum.value, 0, 4)] : slice(datum.value, 5)",
            **axis,
        ),
    )
    y = alt.Y("csm:N", title=None, axis=alt.Axis(labelLimit=140, **axis))
    low, high = ink.soft_heat
    hints = tooltips(
        language,
        "touch_rate",
        *("csm", "customers", "touched", "touch_rate", "hours"),
    )
    cells = base.mark_rect(cornerRadius=2).encode(
        x=x,
        y=y,
        color=alt.Color(
            "touch_rate:Q", scale=alt.Scale(domain=[0, 1], range=[low, high]), legend=None
        ),
        tooltip=hints,
    )
    numbers = [
        base.mark_text(dy=dy, fontSize=size, color=ink.ink, tooltip=None).encode(
            x=x, y=y, text=f"{field}:N"
        )
        for field, dy, size in (
            ("label", -6, 12),
            ("of", 8, alt.expr(f"width < {_TOUCHES_NARROW} ? 9 : 12")),
        )
    ]
    picked = selectable(
        base.mark_rect(cursor="pointer").encode(x=x, y=y, tooltip=hints), "csm", "month"
    )
    return finished(alt.layer(cells, *numbers, picked).properties(height=alt.Step(38)), ink)


def _steps(language: str) -> str:
    """Say how many steps are open and overdue; nothing where none is."""
    one, many = (
        text.say("service.chart.open", language, steps=steps)
        for steps in ("1", "' + datum.open_steps + '")
    )
    overdue = text.say("service.chart.overdue", language)
    late = f"(datum.overdue_steps ? ', ' + datum.overdue_steps + ' {overdue}' : '')"
    return f"!datum.open_steps ? '' : (datum.open_steps == 1 ? '{one}' : '{many}') + {late}"


def _named(room: str, codes: tuple[str, ...], language: str) -> str:
    told = ", ".join(f"'{code}': '{text.say(f'{room}.{code}', language)}'" for code in codes)
    return f"{{{told}}}[datum.value]"


def _headed(room: str, codes: tuple[str, ...], language: str) -> str:
    """Name columns by shape and word; by the word alone where there is little room."""
    named = _named(room, codes, language)
    return f"width < {_MATRIX_NARROW} ? slice({named}, indexof({named}, ' ') + 1) : {named}"
