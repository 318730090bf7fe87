"""Charts of what moved ARR: by period, and from the opening to the closing amount."""

from functools import cache

import altair as alt

from tend.figures.drawing import MARK, PERIOD, ROOMY, Spec, finished, selectable, tooltips
from tend.figures.figure import code_of
from tend.figures.palette import Palette, palette
from tend.figures.value.findings import MOVES
from tend.figures.value.value_charts import money_axis, rows_of, signed
from tend.language import text

_ON_A_PHONE = 6
_STEPS = f"length(datum.value) > 4 ? ({PERIOD}) : datum.value"  # a year is written as it is


def _inks(ink: Palette) -> dict[str, str]:
    """What was won in the accent's family, what was lost in greys: states alone have their inks."""
    expansion, reactivation, contraction = ink.kin
    inks = (ink.accent, reactivation, expansion, contraction, ink.muted)
    return dict(zip(MOVES, inks, strict=True))


def _coloured(inks: dict[str, str], language: str, field: str = "move:N") -> alt.Color:
    names = {code: text.say(f"columns.{code}", language) for code in inks}
    legend = alt.Legend(
        orient="top",
        title=None,
        labelExpr=f"({names})[datum.label] || datum.label",
        labelLimit=220,
        columns=alt.expr(f"{ROOMY} ? 5 : 3"),
    )
    scale = alt.Scale(domain=list(inks), range=list(inks.values()))
    return alt.Color(field, scale=scale, legend=legend)


@cache
def arr_periods(language: str, dark: bool) -> Spec:
    """Bars by period: what was won upwards, what was lost downwards; the net as a mark."""
    ink = palette(dark)
    inks = _inks(ink)
    # a phone has room for the sums of the last few
    rows = (
        rows_of()
        .transform_window(back="row_number()", sort=[alt.SortField("period", order="descending")])
        .transform_filter(f"{ROOMY} || datum.back <= {_ON_A_PHONE}")
    )
    x = alt.X("period:N", title=None, axis=alt.Axis(labelAngle=0, labelExpr=_STEPS, ticks=False))
    names = {
        "move": text.say("columns.move", language),
        "change": text.say("columns.arr_change", language),
    }
    hints = [
        alt.Tooltip("period:N", title=text.say("value.step", language)),
        alt.Tooltip("called:N", title=names["move"]),
        alt.Tooltip("change:Q", title=names["change"], format="+,.0f"),
        *tooltips(language, "arr_periods", "opening", "closing", "customers", "overdue"),
        *tooltips(language, "arr_periods", "quick_ratio", "net_at_worst"),
    ]
    called = {code: text.say(f"columns.{code}", language) for code in MOVES}
    folded = (
        rows.transform_fold(list(MOVES), as_=["move", "change"])
        .transform_filter("datum.change != 0")
        .transform_calculate(called=f"({called})[datum.move]", move_code="datum.move")
    )
    codes = [code_of("period"), code_of("move")]
    chosen = alt.selection_point(name=MARK, fields=codes, empty=False)
    bars = (
        folded.mark_bar(cursor="pointer")
        .encode(
            x=x,
            y=alt.Y("change:Q", axis=money_axis(language), scale=alt.Scale(nice=True, padding=22)),
            color=_coloured(inks, language),
            opacity=alt.condition(
                "datum.is_open || datum.overdue > 0", alt.value(0.55), alt.value(0.9)
            ),
            tooltip=hints,
        )
        .add_params(chosen)
    )
    net = rows.mark_tick(color=ink.ground, thickness=3, width=20).encode(x=x, y="net_new:Q")
    # what is in grace may still be lost: the net reaches down to there
    span = rows.transform_filter("datum.overdue > 0").mark_rule(strokeWidth=6, opacity=0.35)
    worst = span.encode(x=x, y="net_at_worst:Q", y2="net_new:Q", color=alt.value(ink.ink))
    said = rows.transform_calculate(
        of=f"(datum.net_new > 0 ? '+' : '') + {signed('datum.net_new', language)}"
    )
    labels = said.mark_text(fontSize=alt.expr(f"{ROOMY} ? 11 : 9.5"), color=ink.muted).encode(
        x=x, y=alt.value(4), text="of:N"
    )
    zero = rows.mark_rule(color=ink.muted).encode(y=alt.datum(0))
    return finished(alt.layer(bars, zero, worst, net, labels).properties(height=300), ink)


@cache
def arr_bridge(language: str, dark: bool) -> Spec:
    """Waterfall from the opening ARR through what moved to the closing one."""
    ink = palette(dark)
    inks = {"opening": ink.context, **_inks(ink), "closing": ink.context}
    called = {code: text.say(f"columns.{code}", language) for code in inks}
    rows = rows_of().transform_calculate(
        called=f"({called})[datum.move]",
        said=f"(datum.place > 1 && datum.place < 7 && datum.amount > 0 ? '+' : '')"
        f" + {signed('datum.amount', language)}",
        top="max(datum.from_arr, datum.to_arr)",
    )
    x = alt.X(
        "called:N",
        title=None,
        sort=alt.EncodingSortField("place"),
        axis=alt.Axis(
            labelAngle=alt.expr(f"{ROOMY} ? 0 : -40"),
            labelAlign=alt.expr(f"{ROOMY} ? 'center' : 'right'"),
            labelOverlap=False,
            labelLimit=90,
            ticks=False,
        ),
    )
    scale = alt.Scale(domain=list(inks), range=list(inks.values()))
    hints = tooltips(language, "arr_bridge", "amount", "customers")
    bars = rows.mark_bar(size=alt.expr(f"{ROOMY} ? 46 : 28")).encode(
        x=x,
        y=alt.Y("from_arr:Q", axis=money_axis(language), scale=alt.Scale(nice=True)),
        y2="to_arr:Q",
        color=alt.Color("move:N", scale=scale, legend=None),
        tooltip=hints,
    )
    # every other sum stands higher where bars are narrow: neighbours would run together
    labels = [
        rows.transform_filter(f"datum.place % 2 == {odd}")
        .mark_text(fontSize=alt.expr(f"{ROOMY} ? 12 : 10"), dy=dy, color=ink.ink)
        .encode(x=x, y="top:Q", text="said:N")
        for odd, dy in ((0, -8), (1, alt.expr(f"{ROOMY} ? -8 : -32")))
    ]
    met = selectable(bars.encode(color=alt.value(ink.context)), "move")
    return finished(alt.layer(bars, *labels, met).properties(height=280), ink)
