"""Charts of renewals beyond the overview: matrix, cohorts, change explained, forecast, losses."""

from functools import cache

import altair as alt

from tend.charts import MOST_ROWS, PERIOD, ROOMY, Spec, finished, tooltips
from tend.palette import palette

# A cell of so few decided contracts says little, and does not shout.
_PALE_BELOW = 5
_RATE = "format(datum.contract_renewal_rate * 100, '.0f')"


@cache
def matrix(language: str, dark: bool) -> Spec:
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
        labelLimit=alt.expr("max(30, bandwidth('x') - 4)"),
        domain=False,
        ticks=False,
    )
    x = alt.X("split:N", title=None, sort=by_place, axis=labels)
    y = alt.Y(
        "segment:N",
        title=None,
        sort=alt.EncodingSortField("segment_place", op="min"),
        axis=alt.Axis(labelLimit=150, labelPadding=8, domain=False, ticks=False),
    )
    scale = alt.Scale(domain=[0.5, 1], range=list(ink.heat), clamp=True)
    hints = tooltips(
        language,
        {"segment": "", "split": "", "contract_renewal_rate": ".1%", "renewed": ",.0f"}
        | {"lost": ",.0f", "overdue": ",.0f", "due": ",.0f"},
    )
    decided = base.transform_filter("datum.decided > 0")
    cells = decided.mark_rect(stroke=ink.ground, strokeWidth=2).encode(
        x=x,
        y=y,
        color=alt.Color("contract_renewal_rate:Q", scale=scale, legend=None),
        opacity=alt.condition(f"datum.decided < {_PALE_BELOW}", alt.value(0.35), alt.value(1)),
        tooltip=hints,
    )
    waiting = base.transform_filter("datum.is_open").mark_rect(
        fillOpacity=0, stroke=ink.muted, strokeWidth=1.2, strokeDash=[3, 2]
    )
    on_cell = alt.condition(
        f"datum.contract_renewal_rate < 0.62 && datum.decided >= {_PALE_BELOW}",
        alt.value(ink.on_heat[0]),
        alt.value(ink.on_heat[1]),
    )
    numbers = (
        decided.transform_calculate(whole=_RATE)
        .mark_text(fontSize=13, dy=-6)
        .encode(x=x, y=y, text="whole:N", color=on_cell)
    )
    counts = (
        base.transform_calculate(
            of=f"{ROOMY} ? (datum.decided > 0 ? datum.renewed + '/' + datum.decided : '–') : ''"
        )
        .mark_text(fontSize=10.5, dy=9)
        .encode(x=x, y=y, text="of:N", color=on_cell)
    )
    layers = alt.layer(cells, waiting.encode(x=x, y=y, tooltip=hints), numbers, counts)
    return finished(layers.properties(height=alt.Step(44)), ink)


def _is_period(field: str) -> str:
    return f"test(/^[0-9]{{4}}-(Q[1-4]|[0-9]{{2}})$/, datum.{field})"
