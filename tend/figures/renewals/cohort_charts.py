"""Chart of quarters as they resolve."""

from functools import cache

import altair as alt

from tend.figures.drawing import WHOLE, Spec, finished, rimmed, selectable, tooltips
from tend.figures.palette import palette
from tend.language import text

# Month ends before the quarter's own are negative, with a real minus.
_AROUND = "datum.value == 0 ? '0' : format(datum.value, '+d')"
# There the lines of other quarters lie on each other: the name stands above them.
_AT_THE_FOOT = "datum.renewed_share < 0.05"


@cache
def renewal_cohorts(language: str, dark: bool) -> Spec:
    """Lines of the share renewed by month ends around the quarter's end; open quarters in front."""
    ink = palette(dark)
    base = alt.Chart(alt.NamedData("rows"))
    x = alt.X(
        "months_after:Q",
        title=None,
        scale=alt.Scale(nice=False, padding=14),
        axis=alt.Axis(values=list(range(-6, 13)), labelExpr=_AROUND, labelPadding=8, ticks=False),
    )
    y = alt.Y(
        "renewed_share:Q",
        scale=alt.Scale(domainMin=0, nice=True),
        axis=alt.Axis(labelExpr=WHOLE, title=None, tickCount=5),
    )
    hints = tooltips(
        language,
        "renewal_cohorts",
        *("quarter", "contracts", "renewed", "lost", "open", "renewed_share"),
        *("decided_share", "best_share", "usual_renewed_share"),
    )
    finished_ones = base.transform_filter("!datum.is_open")
    open_ones = base.transform_filter("datum.is_open")
    ends = open_ones.transform_filter("datum.is_latest")
    usual = base.transform_filter("isValid(datum.usual_renewed_share)").transform_aggregate(
        usual="max(usual_renewed_share)", groupby=["months_after"]
    )
    target = base.mark_point(filled=True, size=150, cursor="pointer")
    usual_end = usual.transform_window(
        place="row_number()", sort=[alt.SortField("months_after", order="descending")]
    ).transform_filter("datum.place == 1")
    layers = [
        finished_ones.mark_line(color=ink.context, opacity=0.35, strokeWidth=1.2).encode(
            x=x, y=y, detail="quarter:N"
        ),
        finished_ones.mark_point(filled=True, size=26, color=ink.context, opacity=0.4).encode(
            x=x, y=y
        ),
        usual.mark_line(color=ink.ink, strokeWidth=2, strokeDash=[5, 3]).encode(x=x, y="usual:Q"),
        *rimmed(
            usual_end.mark_text(align="right", dy=14, fontSize=12, fontWeight=600).encode(
                x=x, y="usual:Q", text=alt.value(text.say("figures.quiet.usual", language))
            ),
            ink.ink,
            ink,
        ),
        ends.mark_rule(color=ink.accent, strokeWidth=8, opacity=0.22).encode(
            x=x, y=y, y2="best_share:Q"
        ),
        open_ones.mark_line(color=ink.accent, strokeWidth=2.5).encode(x=x, y=y, detail="quarter:N"),
        open_ones.mark_point(
            size=60, strokeWidth=2, opacity=1, color=ink.accent, fill=ink.ground
        ).encode(x=x, y=y),
        *(
            layer
            for where, dy in ((_AT_THE_FOOT, -12), (f"!({_AT_THE_FOOT})", 0))
            for layer in rimmed(
                ends.transform_filter(where)
                .mark_text(align="left", dx=9, dy=dy, fontSize=12, fontWeight=600)
                .encode(x=x, y=y, text="quarter:N"),
                ink.accent,
                ink,
            )
        ),
        selectable(target.encode(x=x, y=y, tooltip=hints), "quarter", "month_end"),
    ]
    return finished(alt.layer(*layers).properties(height=300), ink)
