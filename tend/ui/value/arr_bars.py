"""What moved ARR by period: bars one can pick, and the customers behind the one that is picked."""

from dataclasses import replace
from typing import Any

import streamlit as st

from tend.figures import drill
from tend.figures.collection import FIGURES
from tend.figures.figure import Figure
from tend.figures.value import findings
from tend.language import format
from tend.ui.figures import behind, figures, foot, marks, tables
from tend.ui.parts import choosing, pieces, words
from tend.ui.state import address, data
from tend.ui.state.address import MOVED_BY
from tend.view import View

Row = dict[str, Any]


def arr_moved(view: View) -> None:
    """Show what moved ARR by period; a click on a bar lists the customers behind it."""
    figure, period = FIGURES["arr_periods"], address.choice().period
    asked, place = view.grouped(period), f"chart_arr_periods_{period}"
    codes = words.reading().answer(figure, asked)
    figures.head(figure, asked, codes)
    _choose_period()
    if len(codes):
        marks.chart(figure, codes, place)
        _movers(figure, place, codes.to_pylist(), view)
    foot.show(figure, asked, codes)


def _choose_period() -> None:
    names = {name: words.say(f"value.steps.{name}") for name in MOVED_BY}
    chosen = address.choice().period
    choosing.one_of("period", words.say("value.step"), names, chosen, _keep_period)


def _keep_period() -> None:
    choice = replace(address.choice(), period=st.session_state["period"])
    if drill.is_of(FIGURES["arr_periods"], choice.drill):  # a bar of the periods before
        choice = replace(choice, drill=())
    address.change(choice)


def _movers(figure: Figure, place: str, periods: list[Row], view: View) -> None:
    """List the customers behind the bar that is picked; an address may name one that is none."""
    picked = drill.read(figure, address.choice().drill) or {}
    period = next((row for row in periods if row["period"] == picked.get("period")), None)
    if period is None or picked["move"] not in findings.MOVES:
        return
    listed = FIGURES[figure.listed]
    window, own = drill.listed(figure, view.grouped(address.choice().period), picked)
    codes = data.ask(listed.query, window, **own)
    title = words.say(
        "value.movers",
        move=words.say(f"columns.{picked['move']}"),
        period=period["period"],
        customers=format.count(len(codes)),
        change=format.money(period[picked["move"]], address.choice().language),
    )
    pieces.title(title)
    behind.let_go(figure, place, "value.let_go")
    if len(codes):
        tables.show(listed, codes)
    foot.show(listed, window, codes, given={"move": picked["move"]})
