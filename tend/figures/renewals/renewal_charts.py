"""Charts of renewals beyond the overview: matrix, change explained, losses."""

from functools import cache
from typing import Any

import altair as alt

from tend.figures.drawing import (
    MOST_ROWS,
    PERIOD,
    ROOMY,
    SIGN,
    Spec,
    finished,
    named,
    selectable,
    short,
    tooltips,
)
from tend.figures.limits import PALE_BELOW
from tend.figures.palette import palette
from tend.language import text

FAINT = 0.35
_TALL = 38
# On a phone names leave room for the cells.
_NAMES = alt.expr(f"{ROOMY} ? 150 : 84")
_SIGNED = "+.1f"
_RATE = "format(datum.contract_renewal_rate * 100, '.0f')"


@cache
def renewals_matrix(language: str, dark: bool) -> Spec:
    """Heat map of two dimensions, the number in the cell; what is lost stands out."""
    ink = palette(dark)
    base = alt.Chart(alt.NamedData("rows")).transform_filter(
        f"datum.segment_place <= {MOST_ROWS}"
        f" && (datum.split_place <= {MOST_ROWS} || {_is_period('split')})"
    )
    by_place = alt.EncodingSortField("split_place", op="min")
    # A name has the room of its cell; periods are short.
    labels = alt.Axis(
        labelAngle=0,
        labelExpr=f"{_is_period('value')} ? ({PERIOD}) : datum.value",
        labelLimit=alt.expr("max(36, bandwidth('x') - 4)"),
        domain=False,
        ticks=False,
    )
    x = alt.X("split:N", title=None, sort=by_place, axis=labels)
    y = alt.Y(
        "segment:N",
        title=None,
        sort=alt.EncodingSortField("segment_place", op="min"),
        axis=alt.Axis(labelLimit=_NAMES, labelPadding=8, domain=False, ticks=False),
    )
    scale = alt.Scale(domain=[0.5, 1], range=list(ink.heat), clamp=True, interpolate="rgb")
    hints = tooltips(
        language,
        "renewal_matrix",
        *("segment", "split", "contract_renewal_rate", "renewed", "lost", "overdue", "due"),
    )
    decided = base.transform_filter("datum.decided > 0")
    cells = decided.mark_rect(stroke=ink.ground, strokeWidth=2).encode(
        x=x,
        y=y,
        color=alt.Color("contract_renewal_rate:Q", scale=scale, legend=None),
        opacity=alt.condition(f"datum.decided < {PALE_BELOW}", alt.value(FAINT), alt.value(1)),
        tooltip=hints,
    )
    waiting = base.transform_filter("datum.is_open").mark_rect(
        fillOpacity=0, stroke=ink.muted, strokeWidth=1.2, strokeDash=[3, 2]
    )
    turn = 0.5 + ink.heat_turn / 2
    on_cell = alt.condition(
        f"datum.contract_renewal_rate < {turn} && datum.decided >= {PALE_BELOW}",
        alt.value(ink.on_heat[0]),
        alt.value(ink.on_heat[1]),
    )
    numbers = (
        decided.transform_calculate(whole=_RATE)
        .mark_text(fontSize=alt.expr(f"{ROOMY} ? 13 : 11"), dy=-6)
        .encode(x=x, y=y, text="whole:N", color=on_cell)
    )
    counts = (
        base.transform_calculate(
            of="datum.decided == 0 ? '–'"
            f" : {ROOMY} ? datum.renewed + '/' + datum.decided : '' + datum.decided"
        )
        .mark_text(fontSize=alt.expr(f"{ROOMY} ? 10.5 : 9"), dy=9)
        .encode(x=x, y=y, text="of:N", color=on_cell)
    )
    target = base.mark_rect(cursor="pointer").encode(x=x, y=y, tooltip=hints)
    layers = alt.layer(
        cells,
        waiting.encode(x=x, y=y, tooltip=hints),
        numbers,
        counts,
        selectable(target, "segment", "split"),
    )
    return finished(layers.properties(height=alt.Step(44)), ink)


@cache
def renewals_change(language: str, dark: bool) -> Spec:
    """Bars of what each segment adds to the change: its own rate, and its weight."""
    ink = palette(dark)
    rows = (
        alt.Chart(alt.NamedData("rows"))
        .transform_filter("isValid(datum.effect)")
        .transform_calculate(
            name="isValid(datum.split) ? datum.segment + ' · ' + datum.split : datum.segment",
            size="abs(datum.effect)",
        )
        .transform_window(rank="row_number()", sort=[alt.SortField("size", order="descending")])
        .transform_filter(f"datum.rank <= {MOST_ROWS}")
    )
    y = alt.Y(
        "name:N",
        title=None,
        sort=alt.EncodingSortField("rank", op="min"),
        axis=alt.Axis(labelLimit=190, labelPadding=8, domain=False, ticks=False),
    )
    points = alt.Axis(labelExpr=f"format(datum.value * 100, '{_SIGNED}')", title=None, tickCount=5)
    hints = tooltips(
        language,
        "renewal_change",
        *("segment", "split", "effect", "rate_effect", "mix_effect", "renewed", "decided"),
        *("previous_renewed", "previous_decided"),
    )
    kinds: list[Any] = ["rate_effect", "mix_effect"]
    bars = (
        rows.transform_fold(kinds, as_=["kind", "part"])
        .mark_bar(height=16)
        .encode(
            y=y,
            x=alt.X("part:Q", stack="zero", axis=points),
            color=alt.Color(
                "kind:N",
                scale=alt.Scale(domain=kinds, range=[ink.accent, ink.context]),
                legend=_legend(kinds, language),
            ),
            tooltip=hints,
        )
    )
    percent = "format(datum.{} * 100, '.0f')"
    path = (
        "isValid(datum.previous_rate) && isValid(datum.rate)"
        f" ? ' · ' + {percent.format('previous_rate')} + ' → ' + {percent.format('rate')}"
        f" + '{SIGN[language]}' : ''"
    )
    # Never a rate alone: what it is of stands beneath it, in words where nothing was decided.
    counts = "datum.{0}decided > 0 ? datum.{0}renewed + '/' + datum.{0}decided : '{1}'"
    none = _say("none_decided", language)
    of = f"({counts.format('previous_', none)}) + ' → ' + ({counts.format('', none)})"
    written = rows.transform_calculate(
        by=f"format(datum.effect * 100, '{_SIGNED}') + ({ROOMY} ? ({path}) : '')", of=of
    )
    at_the_right = alt.value("width")
    labels = written.mark_text(align="left", dx=10, dy=-6, fontSize=12, color=ink.ink).encode(
        y=y, x=at_the_right, text="by:N"
    )
    details = written.mark_text(align="left", dx=10, dy=8, fontSize=10.5, color=ink.muted).encode(
        y=y, x=at_the_right, text="of:N"
    )
    zero = alt.Chart(alt.NamedData("rows")).mark_rule(color=ink.muted).encode(x=alt.datum(0))
    target = rows.mark_rule(strokeWidth=_TALL - 2, cursor="pointer").encode(
        y=y, x=alt.value(0), x2=alt.value("width"), tooltip=hints
    )
    layers = alt.layer(bars, zero, labels, details, selectable(target, "segment", "split"))
    return finished(layers.properties(height=alt.Step(_TALL)), ink)


@cache
def losses_by_segment(language: str, dark: bool) -> Spec:
    """Heat map of segment by reason: lost ARR, with the number of contracts."""
    ink = palette(dark)
    base = (
        alt.Chart(alt.NamedData("rows"))
        .transform_window(
            rank="dense_rank()",
            sort=[
                alt.SortField("segment_arr", order="descending"),
                alt.SortField("segment"),
            ],
        )
        .transform_filter(f"datum.rank <= {MOST_ROWS}")
        .transform_joinaggregate(reason_arr="sum(arr)", groupby=["reason_group"])
        .transform_joinaggregate(most="max(arr)")
        .transform_calculate(depth="datum.most > 0 ? max(datum.arr, 0) / datum.most : 0")
    )
    x = alt.X(
        "reason_group:N",
        title=None,
        sort=alt.EncodingSortField("reason_arr", op="max", order="descending"),
        axis=alt.Axis(
            labelAngle=alt.expr(f"{ROOMY} ? 0 : -60"),
            labelAlign=alt.expr(f"{ROOMY} ? 'center' : 'right'"),
            labelBaseline=alt.expr(f"{ROOMY} ? 'top' : 'middle'"),
            labelLimit=alt.expr(f"{ROOMY} ? max(36, bandwidth('x') - 4) : 150"),
            domain=False,
            ticks=False,
        ),
    )
    y = alt.Y(
        "segment:N",
        title=None,
        sort=alt.EncodingSortField("rank", op="min"),
        axis=alt.Axis(labelLimit=_NAMES, labelPadding=8, domain=False, ticks=False),
    )
    hints = tooltips(
        language,
        "loss_reasons",
        *("segment", "reason_group", "contracts", "customers", "arr", "share", "arr_share"),
        "reasons",
    )
    scale = alt.Scale(domain=[0, 1], range=list(reversed(ink.heat)), interpolate="rgb")
    cells = base.mark_rect(stroke=ink.ground, strokeWidth=2).encode(
        x=x, y=y, color=alt.Color("depth:Q", scale=scale, legend=None), tooltip=hints
    )
    on_cell = alt.condition(
        f"datum.depth > {1 - ink.heat_turn}", alt.value(ink.on_heat[0]), alt.value(ink.on_heat[1])
    )
    amounts = (
        base.transform_calculate(amount=short("datum.arr", language))
        .mark_text(fontSize=alt.expr(f"{ROOMY} ? 13 : 10"), dy=-6)
        .encode(x=x, y=y, text="amount:N", color=on_cell)
    )
    counts = base.mark_text(fontSize=10.5, dy=9).encode(x=x, y=y, text="contracts:Q", color=on_cell)
    target = base.mark_rect(cursor="pointer").encode(x=x, y=y, tooltip=hints)
    layers = alt.layer(cells, amounts, counts, selectable(target, "segment", "reason_group"))
    return finished(layers.properties(height=alt.Step(44)), ink)


def _legend(kinds: list[str], language: str) -> alt.Legend:
    names = {kind: _say(kind, language) for kind in kinds}
    return named(names)


def _say(key: str, language: str) -> str:
    return text.say(f"figures.quiet.{key}", language)


def _is_period(field: str) -> str:
    return f"test(/^[0-9]{{4}}-(Q[1-4]|[0-9]{{2}})$/, datum.{field})"
