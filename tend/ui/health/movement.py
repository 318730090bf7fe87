"""The top of Health movement: two dates, the sentence, the numbers, and the grid one selects in."""

from dataclasses import replace
from datetime import date
from typing import Any, TypedDict

import streamlit as st

from tend.figures.collection import FIGURES
from tend.figures.health import grid_chart, headlines, sentences
from tend.figures.reading import Number
from tend.language import format
from tend.ui.figures import figures, foot, leading, marks
from tend.ui.frame import page
from tend.ui.parts import choosing, html, lead, pieces, words
from tend.ui.state import address, data, printing
from tend.view import GRIDS, SINCE, View, month_end_by

Row = dict[str, Any]


class Chosen(TypedDict):
    """What is selected in the grid: a cell, or a way from one cell to another."""

    from_quadrant: int | None
    to_quadrant: int


# The mark of what each number counts, and its ink.
_DOWN, _UP, _RISK, _TRAP = ("", "↓"), ("", "↑"), ("tend-at-risk", "▲"), ("tend-average", "◆")
_MARKS = dict(zip(headlines.COUNTED, (_DOWN, _UP, _RISK, _TRAP, _TRAP), strict=True))


def choose_months(view: View) -> View:
    """Offer the dates to hold against each other; without any month of health, end kindly."""
    rows = data.ask("health_flows", View(view.as_of)).to_pylist()
    # contracts are older than signals: months of which something is known, where there are any
    known = [row["month"] for row in rows if row["unknown"] < row["customers"]]
    months = known or [row["month"] for row in rows]
    if not months:
        page.lacking("movement")
    choice = address.choice()
    with st.container(key="window_bar", horizontal=True, vertical_alignment="center", gap="small"):
        names = {name: words.say(f"ui.back.{name}") for name in SINCE}
        choosing.one_of("since", words.say("ui.since"), names, choice.since, _keep_since)
        asked = choice.moves()
        if choice.since == "own":
            _pickers(asked, months)
        elif asked.start and asked.end:
            days = format.span(asked.start, asked.end, choice.language)
            pieces.note(days, width="content")
    return asked


def moves_sentence(view: View) -> None:
    """Say in one sentence who moved, and beneath it what the numbers stand on."""
    lead.show(sentences.movement(words.reading(), view))


def moves_headline(view: View) -> None:
    """Show who fell, rose, is at risk, and stands in a trap: customers and their ARR."""
    shown = [
        leading.tile(
            f"tile_{one.name}",
            pieces.number(one, mark=_mark(one)),
            "" if one.value is None else None,
        )
        for one in headlines.movement(words.reading(), view)
    ]
    leading.headline(shown, view, "movement_headline")


def has_quadrants(view: View) -> bool:
    """Tell whether anybody stands in a quadrant at either date: else there is no grid to show."""
    return sentences.has_quadrants(words.reading(), view)


def moves_grid(view: View) -> Chosen | None:
    """Show the grid; give the cell or the arrow that the reader selected."""
    cell, choice = FIGURES["movement_grid"], address.choice()
    table = words.reading().answer(cell, view)
    figures.head(cell, view, table)
    _choose_grid()
    sides = table["sides"][0].as_py()
    dark = st.context.theme.type == "dark"
    state = st.vega_lite_chart(
        table,
        grid_chart.movement_grid(choice.language, dark, sides),
        theme=None,
        key=marks.key(place(sides)),
        width=printing.width(),
        on_select="rerun",
        selection_mode=[grid_chart.CELL, grid_chart.WAY],
    )
    _left_out(table.slice(0, 1).to_pylist()[0], choice.language)
    _unknown(sentences.summary(words.reading(), view), choice.language)
    foot.show(cell, view, table)
    return _selected(state)


def place(sides: int) -> str:
    """Give the place of a grid, at which what is selected in it can be let go."""
    return f"chart_grid_{sides}"


def _selected(state: Any) -> Chosen | None:
    found = state.get("selection", {}) if state else {}
    for name in (grid_chart.WAY, grid_chart.CELL):
        for one in found.get(name) or []:
            if isinstance(one, dict) and one.get("to_quadrant"):
                return {
                    "from_quadrant": one.get("from_quadrant"),
                    "to_quadrant": one["to_quadrant"],
                }
    return None


def _mark(one: Number) -> html.Html:
    """Give the mark of what a number counts; what is not known has none."""
    css, sign = _MARKS[one.name]
    return html.NOTHING if one.value is None else html.i(sign, css=css)


def _left_out(row: Row, language: str) -> None:
    """Sum what the grid does not draw."""
    if row["left_ways"]:
        counts = {n: format.count(row[f"left_{n}"]) for n in ("ways", "customers", "mixed")}
        arr = format.money(row["left_arr"], language)
        pieces.note(words.say("movement.left_out", **counts, arr=arr))


def _unknown(row: Row, language: str) -> None:
    if not row["unknown"]:
        return
    said = words.say(
        "movement.unknown",
        customers=format.count(row["unknown"]),
        arr=format.money(row["unknown_arr"], language),
        outcome=format.count(row["without_outcome"]),
        experience=format.count(row["without_experience"]),
    )
    html.show(html.p(html.i(css="tend-hatched"), " ", said, css="tend-note"))


def _choose_grid() -> None:
    names = {name: words.say(f"ui.grids.{name}") for name in GRIDS}
    choosing.one_of("grid", words.say("ui.grid"), names, address.choice().grid, _keep_grid)


def _pickers(asked: View, months: list[date]) -> None:
    language = address.choice().language
    for key, day in (("from_month", asked.start), ("to_month", asked.end)):
        wanted = month_end_by(day or asked.as_of)
        st.session_state[key] = max((m for m in months if m <= wanted), default=months[0])
        st.selectbox(
            words.say(f"ui.{key}"),
            months[::-1],
            key=key,
            format_func=lambda month: format.day(month, language),
            label_visibility="collapsed",
            width=170,
            on_change=_keep_months,
        )


def _keep_since() -> None:
    chosen, choice = st.session_state["since"], address.choice()
    if chosen == "own":
        # Own dates begin with those that were on the screen.
        asked = choice.moves()
        choice = replace(choice, start=asked.start, end=asked.end)
    address.change(replace(choice, since=chosen))


def _keep_months() -> None:
    first, last = sorted((st.session_state["from_month"], st.session_state["to_month"]))
    address.change(replace(address.choice(), start=first, end=last))


def _keep_grid() -> None:
    address.change(replace(address.choice(), grid=st.session_state["grid"]))
