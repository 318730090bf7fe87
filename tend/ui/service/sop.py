"""The top of the SOP matrix: the sentence, the numbers, and the cells one selects in."""

from dataclasses import replace
from typing import Any

import streamlit as st

from tend.figures.collection import FIGURES
from tend.figures.service import charts as service_charts
from tend.language import format
from tend.settings.sop import SATISFACTIONS, SCALES
from tend.ui.figures import figures, foot, leading
from tend.ui.parts import choosing, html, lead, pieces, words
from tend.ui.state import address, data
from tend.view import SINCE, View, months_before

Row = dict[str, Any]
_CARDS = (
    ("critical", ("critical", "critical_arr", "tend-at-risk", "▲")),
    ("less_satisfied", ("fallen", "fallen_arr", "", "↓")),
    ("not_asked", ("not_asked", "not_asked_arr", "tend-unknown", "▨")),
)


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
    row, language = summary(view), address.choice().language
    counts = {
        name: format.count(row[name])
        for name in ("customers", "critical", "large_critical", "not_asked", "unknown_scale")
    }
    arr = format.money(row["critical_arr"], language)
    key = "nobody" if not row["customers"] else "lead" if row["critical"] else "lead_none"
    said = words.say(f"service.sop.{key}", **counts, arr=arr)
    rest = []
    if row["not_asked"]:
        asked = format.money(row["not_asked_arr"], language)
        rest.append(words.say("service.sop.not_asked", **counts, arr=asked))
    if row["unknown_scale"]:
        rest.append(words.say("service.sop.unknown_scale", **counts))
    lead.say(said, format.sentences(rest, language))


def sop_headline(view: View) -> None:
    """Show who is critical, who fell, who was not asked, the NPS, and the steps that wait."""
    row, language = summary(view), address.choice().language
    shown = [leading.tile(f"tile_{name}", _card(row, *card, language)) for name, card in _CARDS]
    nps = format.MISSING if row["nps"] is None else format.signed(row["nps"])
    answers = words.say("service.sop.answers", answers=format.count(row["answers"]))
    shown.append(leading.tile("tile_nps", _plain_card("nps", nps, answers)))
    late = words.say("service.sop.overdue", steps=format.count(row["overdue_steps"]))
    steps = _plain_card("open_steps", format.count(row["open_steps"]), late)
    shown.append(leading.tile("tile_open_steps", steps))
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
            width="stretch",
            on_select="rerun",
            selection_mode=[service_charts.CELL],
        )
        _take_selection(state)
    chosen = _pickers(table.to_pylist())
    foot.show(cell, view, table)
    return chosen


def summary(view: View) -> Row:
    """Give the one row that sentence and cards speak of."""
    row: Row = data.ask("sop_summary", view).to_pylist()[0]
    return row


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


def _card(row: Row, name: str, money: str, ink: str, mark: str, language: str) -> html.Html:
    arr = words.say("movement.arr", arr=format.money(row[money], language))
    whole = words.say("movement.customers_of", whole=format.count(row["customers"]))
    return pieces.card(
        words.say(f"service.cards.{name}"),
        html.join("", (html.i(mark, css=ink), " ", format.count(row[name]))),
        whole,
        arr,
    )


def _plain_card(name: str, value: str, note: str) -> html.Html:
    return pieces.card(words.say(f"service.cards.{name}"), value, note)


def _keep_since() -> None:
    address.change(replace(address.choice(), since=st.session_state["sop_since"]))
