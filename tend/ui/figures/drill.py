"""From a mark of a figure to the contracts behind it; a click on a row opens what it is about."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pyarrow as pa
import streamlit as st

from tend.figures import drawing, drill
from tend.figures.collection import FIGURES
from tend.figures.figure import Figure
from tend.language import format, text
from tend.ui.figures import figures
from tend.ui.parts import words
from tend.ui.state import address, data
from tend.view import View

_DRAWN = "tend.drawn"
_LIST = "contracts_behind"


def key(place: str) -> str:
    """Give the key of a chart or table whose selection can be let go: it is drawn anew then."""
    return f"{place}_{st.session_state.get(f'{_DRAWN}.{place}', 0)}"


def let_go(place: str) -> None:
    """Draw a chart or table anew, with nothing selected."""
    st.session_state[f"{_DRAWN}.{place}"] = st.session_state.get(f"{_DRAWN}.{place}", 0) + 1


def pick(cell: Figure, view: View) -> None:
    """Keep in the address what a reader has just selected in a figure."""
    place = f"chart_{cell.name}"
    found = (st.session_state[key(place)] or {}).get("selection", {}).get(drawing.MARK) or []
    if cell.opens:
        if found and (one := found[0].get(cell.opens)):
            _OPENS[cell.opens](one)
            let_go(place)
        return
    choice = address.choice()
    picked = _codes(cell, view, found[0]) if found else None
    if picked is not None:
        address.change(replace(choice, drill=drill.written(cell, picked)))
    elif choice.drill and choice.drill[0] == cell.name:
        address.change(replace(choice, drill=()))


def offer(cell: Figure, count: int) -> None:
    """Offer the contracts behind numbers that have no marks to pick."""
    if count and drill.read(cell, address.choice().drill) is None:
        st.button(
            words.say(f"drill.offer.{cell.name}", contracts=format.count(count)),
            key=f"offer_{cell.name}",
            type="tertiary",
            on_click=_all_of,
            args=(cell,),
        )


def _all_of(cell: Figure) -> None:
    address.change(replace(address.choice(), drill=drill.written(cell, {})))


def show(cell: Figure, view: View) -> None:
    """List the contracts behind what is picked in this figure, if anything is."""
    picked = drill.read(cell, address.choice().drill)
    if picked is None:
        return
    language = address.choice().language
    what = _named(cell, view, picked, language)
    if what is None:
        return
    asked, own = drill.listed(cell, view, picked)
    table = data.ask(FIGURES[_LIST].query, asked, **own)
    with st.container(key=f"behind_{cell.name}"):
        title = words.escaped("drill.behind", contracts=format.count(len(table)), what=what)
        st.html(f'<div class="tend-figure"><h3>{title}</h3></div>')
        with st.container(horizontal=True, gap="small"):
            st.button(
                words.say("drill.let_go"),
                key=f"let_go_{cell.name}",
                on_click=_let_go,
                args=(cell.name,),
            )
        rows(FIGURES[_LIST], table, f"behind_{cell.name}")
        figures.foot(FIGURES[_LIST], asked, words.worded(FIGURES[_LIST].query, table, language))


def leads_on(table: pa.Table) -> bool:
    """Tell whether rows of a table open something: a contract or a customer."""
    return any(name in table.column_names for name in _OPENS)


def rows(cell: Figure, table: pa.Table, place: str) -> None:
    """Show a table, given in codes, with a contract or customer per row; a click opens it."""
    language = address.choice().language
    figures.show_table(
        cell,
        words.worded(cell.query, table, language),
        key=key(f"table_{place}"),
        on_select=_opener(place, table),
    )


def open_contract(contract_id: str | None) -> None:
    """Open a contract on top of the page, or of the customer; None closes it."""
    address.change(replace(address.choice(), contract=contract_id))


def open_customer(customer_id: str | None) -> None:
    """Open a customer on top of the page; None closes it."""
    address.change(replace(address.choice(), contract=None, customer=customer_id))


def customer_button(row: Mapping[str, Any], place: str) -> None:
    """Show a customer's name; a click opens the customer."""
    label = format.plain(words.customer(row))
    if st.button(label, key=f"customer_{place}", type="tertiary", help=words.whole_name(row)):
        open_customer(row["customer_id"])
        st.rerun()


# What a row opens, by the column that names it: a list of contracts has customers as well.
_OPENS: Mapping[str, Callable[[str | None], None]] = {
    "contract_id": open_contract,
    "customer_id": open_customer,
}


def _opener(place: str, table: pa.Table) -> Callable[[], None]:
    column = next(name for name in _OPENS if name in table.column_names)

    def opened() -> None:
        cells = st.session_state[key(f"table_{place}")]["selection"]["cells"]
        if cells and (one := table[column][cells[0][0]].as_py()):
            _OPENS[column](one)
            let_go(f"table_{place}")

    return opened


def _let_go(name: str) -> None:
    let_go(f"chart_{name}")
    address.change(replace(address.choice(), drill=()))


def _codes(cell: Figure, view: View, selected: Mapping[str, Any]) -> drill.Picked | None:
    """Find the codes of what is selected: the chart knows only their words."""
    shown = data.cell_table(cell, view, address.choice().language).to_pylist()
    codes = data.cell_codes(cell, view).to_pylist()
    for row, code in zip(shown, codes, strict=True):
        if selected and all(row.get(column) == value for column, value in selected.items()):
            return {column: str(code[column]) for column, _ in cell.behind}
    return None


def _named(cell: Figure, view: View, picked: drill.Picked, language: str) -> str | None:
    """Name what is picked in the words of the figure, nothing where it has no such mark.

    Numbers without marks are picked as one.
    """
    if not picked:
        key = f"drill.all.{cell.name}"
        return text.say(key, language) if text.has(key) else None
    shown = data.cell_table(cell, view, language).to_pylist()
    codes = data.cell_codes(cell, view).to_pylist()
    for row, code in zip(shown, codes, strict=True):
        if all(str(code[column]) == value for column, value in picked.items()):
            said = {column: str(row[column]) for column in picked}
            key = f"drill.marks.{cell.name}"
            return text.say(key, language, **said) if text.has(key) else " · ".join(said.values())
    return None
