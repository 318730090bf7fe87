"""The top of the SOP matrix: the sentence, the numbers, and the cells one selects in."""

from dataclasses import replace
from typing import Any

import streamlit as st

from tend.figures.collection import FIGURES
from tend.figures.service import charts as service_charts
from tend.figures.service import headlines, sentences
from tend.settings.sop import SATISFACTIONS, SCALES
from tend.ui.figures import figures, foot, leading
from tend.ui.parts import choosing, html, lead, pieces, words
from tend.ui.state import address, printing
from tend.view import SINCE, View, months_before

Row = dict[str, Any]
# The mark of what a number counts, and its ink.
_MARKS = {
    "critical": ("tend-at-risk", "▲"),
    "less_satisfied": ("", "↓"),
    "not_asked": ("tend-unknown", "▨"),
}


def choose_since(view: View) -> View:
    """Let the reader choose since when movement is looked at."""
    choice = address.choice()
    chosen = choice.since if choice.since in address.MOVED_BY else "quarter"
    names = {name: words.say(f"ui.back.{name}") for name in address.MOVED_BY}
    choosing.one_of("sop_since", words.say("ui.since"), names, chosen, _keep_since)
    months = SINCE[chosen]
    return view.between(months_before(view.as_of, months or 0), None)


def sop_sentence(view: View) -> None:
    """Say how many are critical and what is at stake, and beneath it what is not known."""
    lead.show(sentences.sop(words.reading(), view))


def sop_headline(view: View) -> None:
    """Show who is critical, who fell, who was not asked, the NPS, and the steps that wait."""
    shown = [
        leading.tile(f"tile_{one.name}", pieces.number(one, mark=_mark(one.name)))
        for one in headlines.sop(words.reading(), view)
    ]
    leading.headline(shown, view, "sop_headline")


def sop_matrix(view: View) -> tuple[str, str]:
    """Show the matrix; give the cell that the reader selected in it, or by its two names."""
    cell, choice = FIGURES["sop_matrix"], address.choice()
    table = words.reading().answer(cell, view)
    figures.head(cell, view, table)
    if len(table):
        state = st.vega_lite_chart(
            table,
            service_charts.sop_matrix(choice.language, st.context.theme.type == "dark"),
            theme=None,
            key="chart_sop",
            width=printing.width(),
            on_select="rerun",
            selection_mode=[service_charts.CELL],
        )
        _take_selection(state)
    chosen = _pickers(table.to_pylist())
    foot.show(cell, view, table)
    return chosen


def _take_selection(state: Any) -> None:
    """A cell selected anew decides; the names beneath can be chosen after it."""
    found = (state.get("selection", {}) if state else {}).get(service_charts.CELL) or []
    one = next((one for one in found if isinstance(one, dict) and one.get("scale")), None)
    if one and one != st.session_state.get("tend.sop_selected"):
        st.session_state["tend.sop_selected"] = one
        st.session_state["sop_scale"] = one["scale"]
        st.session_state["sop_satisfaction"] = one["satisfaction"]


def _pickers(rows: list[Row]) -> tuple[str, str]:
    first = next((row for row in rows if row["satisfaction"] == "critical"), None)
    start = first or next(iter(rows), {"scale": "large", "satisfaction": "critical"})
    scales = tuple(one for one in SCALES if one != "unknown" or one in {r["scale"] for r in rows})
    chosen = []
    with st.container(horizontal=True, gap="small"):
        for name, offered, room in (
            ("scale", scales, "values"),
            ("satisfaction", SATISFACTIONS, "satisfaction"),
        ):
            if st.session_state.get(f"sop_{name}") not in offered:
                st.session_state[f"sop_{name}"] = start[name]
            picked = st.segmented_control(
                words.say(f"columns.{name}"),
                offered,
                key=f"sop_{name}",
                required=True,
                format_func={code: words.say(f"{room}.{code}") for code in offered}.__getitem__,
                label_visibility="collapsed",
                wrap=True,
            )
            chosen.append(str(picked))
    return chosen[0], chosen[1]


def _mark(name: str) -> html.Html:
    """Give the mark of what a number counts, where it counts customers."""
    css, sign = _MARKS.get(name, ("", ""))
    return html.i(sign, css=css) if sign else html.NOTHING


def _keep_since() -> None:
    address.change(replace(address.choice(), since=st.session_state["sop_since"]))
