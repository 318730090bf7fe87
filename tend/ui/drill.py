"""From a mark of a figure to the contracts behind it; a click on one of them opens it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pyarrow as pa
import streamlit as st

from tend import charts, drill, format
from tend.cells import CELLS, Cell
from tend.ui import address, data, figures, words
from tend.view import View

_DRAWN = "tend.drawn"
_LIST = "contracts_behind"


def key(place: str) -> str:
    """Give the key of a chart or table whose selection can be let go: it is drawn anew then."""
    return f"{place}_{st.session_state.get(f'{_DRAWN}.{place}', 0)}"


def let_go(place: str) -> None:
    """Draw a chart or table anew, with nothing selected."""
    st.session_state[f"{_DRAWN}.{place}"] = st.session_state.get(f"{_DRAWN}.{place}", 0) + 1


def pick(cell: Cell, view: View) -> None:
    """Keep in the address what a reader has just selected in a figure."""
    place = f"chart_{cell.name}"
    found = (st.session_state[key(place)] or {}).get("selection", {}).get(charts.MARK) or []
    choice = address.choice()
    picked = _codes(cell, view, found[0]) if found else None
    if picked is not None:
        address.change(replace(choice, drill=drill.written(cell, picked)))
    elif choice.drill and choice.drill[0] == cell.name:
        address.change(replace(choice, drill=()))


def show(cell: Cell, view: View) -> None:
    """List the contracts behind what is picked in this figure, if anything is."""
    picked = drill.read(cell, address.choice().drill)
    if picked is None:
        return
    asked, own = drill.listed(cell, view, picked)
    language = address.choice().language
    table = data.ask(CELLS[_LIST].query, asked, **own)
    with st.container(key=f"behind_{cell.name}"):
        title = words.escaped(
            "drill.behind",
            contracts=format.count(len(table)),
            what=_named(cell, view, picked, language),
        )
        st.html(f'<div class="tend-figure"><h3>{title}</h3></div>')
        with st.container(horizontal=True, gap="small"):
            st.button(
                words.say("drill.let_go"),
                key=f"let_go_{cell.name}",
                on_click=_let_go,
                args=(cell.name,),
            )
        contracts(CELLS[_LIST], table, f"behind_{cell.name}")
        figures.foot(CELLS[_LIST], asked, words.worded(table, language))


def contracts(cell: Cell, table: pa.Table, place: str) -> None:
    """Show a table with a contract per row; a click on a cell opens the contract."""
    language = address.choice().language
    figures.show_table(
        cell,
        words.worded(table, language),
        key=key(f"table_{place}"),
        on_select=_opener(place, table),
    )


def open_contract(contract_id: str | None) -> None:
    """Open a contract on top of the page; None closes it."""
    address.change(replace(address.choice(), contract=contract_id))


def _opener(place: str, table: pa.Table) -> Callable[[], None]:
    def opened() -> None:
        cells = st.session_state[key(f"table_{place}")]["selection"]["cells"]
        if cells:
            open_contract(table["contract_id"][cells[0][0]].as_py())
            let_go(f"table_{place}")

    return opened


def _let_go(name: str) -> None:
    let_go(f"chart_{name}")
    address.change(replace(address.choice(), drill=()))


def _codes(cell: Cell, view: View, selected: Mapping[str, Any]) -> drill.Picked | None:
    """Find the codes of what is selected: the chart knows only their words."""
    shown = data.cell_table(cell, view, address.choice().language).to_pylist()
    codes = data.cell_codes(cell, view).to_pylist()
    wanted = [column for column, _ in cell.behind]
    for row, code in zip(shown, codes, strict=True):
        if all(row[column] == selected.get(column) for column in wanted):
            return {column: str(code[column]) for column in wanted}
    return None


def _named(cell: Cell, view: View, picked: drill.Picked, language: str) -> str:
    """Name what is picked in the words of the figure."""
    shown = data.cell_table(cell, view, language).to_pylist()
    codes = data.cell_codes(cell, view).to_pylist()
    for row, code in zip(shown, codes, strict=True):
        if all(str(code[column]) == value for column, value in picked.items()):
            return " · ".join(str(row[column]) for column in picked)
    return " · ".join(picked.values())
