"""Who moved: the list one acts on, and all about one of them by a click."""

from typing import Any

import streamlit as st

from tend.figures import heading, moves, wording
from tend.figures.collection import FIGURES
from tend.figures.health import sentences
from tend.language import format
from tend.ui.customers import health
from tend.ui.figures import foot, marks
from tend.ui.health import movement
from tend.ui.health.movement import Chosen
from tend.ui.parts import html, pieces, words
from tend.ui.state import address, data
from tend.view import View

Row = dict[str, Any]
_MOVES_AT_FIRST = 6
_LISTS = ("fallen", "risen", "both_ways")


def moves_list(view: View, chosen: Chosen | None) -> None:
    """List who fell, rose, and went both ways; or who is in the cell or the arrow selected."""
    with st.container(key="moves"):
        if chosen:
            _selected(view, chosen)
            return
        tabs = st.tabs([_tab(name, view) for name in _LISTS], key="moves_tabs", on_change="rerun")
        for tab, name in zip(tabs, _LISTS, strict=True):
            if tab.open:
                with tab:
                    _list(name, view)


def _tab(name: str, view: View) -> str:
    counts = sentences.summary(words.reading(), view)
    count = format.count(counts["mixed" if name == "both_ways" else name])
    return format.plain(words.say(f"movement.lists.{name}", customers=count))


def _list(name: str, view: View) -> None:
    cell = FIGURES[name]
    table = words.reading().answer(cell, view)
    over = heading.of(words.reading(), cell, view, table)
    pieces.note(over.unit + over.click)
    _rows(name, table.to_pylist(), view)
    foot.show(cell, view, table)


def _selected(view: View, chosen: Chosen) -> None:
    language = address.choice().language
    rows = data.ask("movement_customers", view, **chosen).to_pylist()
    sides = 2 if view.group_by else 3
    before, after = chosen["from_quadrant"], chosen["to_quadrant"]
    if before and before != after:
        key, place = "on_the_way", moves.way(before, after, sides, language)
    else:
        key, place = "in_the_cell", moves.place(after, sides, language)
    count = format.count(len(rows))
    title = words.say(f"movement.{key}", customers=count, place=place)
    pieces.title(title)
    st.button(
        words.say("movement.let_go"),
        key="let_go",
        on_click=marks.let_go,
        args=(movement.place(sides),),
    )
    _rows("chosen", rows, view)


def _rows(name: str, rows: list[Row], view: View) -> None:
    shown = pieces.shown(name, _MOVES_AT_FIRST)
    for number, row in enumerate(rows[:shown]):
        with st.container(key=f"move_{name}_{number}", gap=None):
            label = format.plain(wording.customer(row))
            if st.button(
                label, key=f"open_{name}_{number}", type="tertiary", help=words.whole_name(row)
            ):
                health.show(row, view)
            html.show(_line(row))
    pieces.more(name, len(rows), shown, "ui.further_customers")


def _line(row: Row) -> html.Html:
    language = address.choice().language
    ends = html.b(_ends(row)) if row["is_ending"] else _ends(row)
    facts = [words.say("movement.arr", arr=format.money(row["arr"], language)), ends]
    facts.append(wording.csm(row, language))
    why = moves.why(row, language)
    return html.div(
        html.p(health.way(row)),
        html.p(why) if why else "",
        html.small(html.join(" · ", (fact for fact in facts if fact))),
        css="tend-move",
    )


def _ends(row: Row) -> str:
    days = row["days_left"]
    if days is None:
        return ""
    key = "ends_today" if days == 0 else "ends_in" if days > 0 else "ended"
    return words.say(f"movement.{key}", days=format.count(abs(days)))
