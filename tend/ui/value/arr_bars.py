"""What moved ARR by period: bars one can pick, and the customers behind the one that is picked."""

from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from tend.figures import drawing
from tend.figures import drill as behind
from tend.figures.collection import FIGURES
from tend.figures.value import value_charts
from tend.language import format
from tend.ui.figures import drill, figures
from tend.ui.parts import words
from tend.ui.state import address, data
from tend.ui.state.address import MOVED_BY, Choice
from tend.view import View

Row = dict[str, Any]
_CHART = "chart_arr_periods"
# A bar is a period and a movement.
_BARS = replace(FIGURES["arr_periods"], behind=(("period", "period"), ("move", "move")))


def arr_moved(view: View) -> None:
    """Show what moved ARR by period; a click on a bar lists the customers behind it."""
    cell, choice = FIGURES["arr_periods"], address.choice()
    asked = view.grouped(choice.period)
    table = data.cell_table(cell, asked, choice.language)
    figures.head(cell, table, choice.language)
    _choose_period()
    if len(table) and cell.chart:
        place = f"{_CHART}_{choice.period}"
        st.vega_lite_chart(
            table,
            cell.chart(choice.language, st.context.theme.type == "dark"),
            theme=None,
            key=drill.key(place),
            width="stretch",
            on_select=partial(_pick, place),
            selection_mode=drawing.MARK,
        )
        _movers(place, table.to_pylist(), view, choice.language)
    figures.foot(cell, asked, table)


def _choose_period() -> None:
    st.session_state["period"] = address.choice().period
    st.segmented_control(
        words.say("value.step"),
        MOVED_BY,
        key="period",
        required=True,
        format_func={name: words.say(f"value.steps.{name}") for name in MOVED_BY}.__getitem__,
        label_visibility="collapsed",
        on_change=_keep_period,
    )


def _keep_period() -> None:
    # a bar that is picked is one of the periods before
    address.change(_unpicked(replace(address.choice(), period=st.session_state["period"])))


def _pick(place: str) -> None:
    """Keep in the address which bar a reader has just selected."""
    found = (st.session_state[drill.key(place)] or {}).get("selection", {}).get(drawing.MARK) or []
    one = next((one for one in found if one.get("move") and one.get("period")), None)
    chosen = _unpicked(address.choice())
    if one:
        chosen = replace(chosen, drill=behind.written(_BARS, one))
    address.change(chosen)


def _let_go(place: str) -> None:
    drill.let_go(place)
    address.change(_unpicked(address.choice()))


def _unpicked(choice: Choice) -> Choice:
    """Give the choice without a bar; what is picked in another figure stays."""
    is_ours = behind.read(_BARS, choice.drill) is not None
    return replace(choice, drill=()) if is_ours else choice


def _movers(place: str, periods: list[Row], view: View, language: str) -> None:
    """List the customers behind the bar that is picked; an address may name one that is none."""
    chosen = behind.read(_BARS, address.choice().drill)
    period = next((row for row in periods if chosen and row["period"] == chosen["period"]), None)
    if chosen is None or period is None or chosen["move"] not in value_charts.MOVES:
        return
    cell = FIGURES["arr_movers"]
    window = view.grouped(None).between(period["first_month"], period["last_day"])
    codes = data.ask(cell.query, window, move=chosen["move"])
    table = words.worded(cell.query, codes, language)
    title = words.escaped(
        "value.movers",
        move=words.say(f"columns.{chosen['move']}"),
        period=period["period"],
        customers=format.count(len(table)),
        change=format.money(period[chosen["move"]], language),
    )
    st.html(f'<div class="tend-figure"><h3>{title}</h3></div>')
    st.button(
        words.say("value.let_go"),
        key="let_go_movers",
        on_click=_let_go,
        args=(place,),
    )
    if len(codes):
        drill.rows(cell, codes, cell.name)
    figures.foot(cell, window, table)
