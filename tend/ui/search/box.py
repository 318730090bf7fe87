"""The search in the first line: anybody by a few letters, on every page."""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from tend.figures import wording
from tend.language import format
from tend.ui.figures import opens
from tend.ui.parts import words
from tend.ui.search import index
from tend.ui.search.index import Index, Row
from tend.ui.state import address, alone, data
from tend.view import View

_KEY, _WIDTH = "search", 260
_HERE = Path(__file__).parent
_box = st.components.v2.component(
    "tend_search",
    html=_HERE.joinpath("box.html").read_text("utf-8"),
    css=_HERE.joinpath("box.css").read_text("utf-8"),
    js=_HERE.joinpath("box.js").read_text("utf-8"),
)


@alone.part()
def search() -> None:
    """Find customers and contracts as of the day, whatever the filters; Enter opens the best."""
    view = View(address.choice().day())
    typed = str((st.session_state.get(_KEY) or {}).get("typed") or "")
    language = address.choice().language
    day = format.day(view.as_of, language)
    shown = {
        "label": words.say("ui.search.label"),
        "hint": words.say("ui.search.hint"),
        "nothing": words.say("ui.search.nothing", day=day),
        "typed": typed,
        "found": [_told(row, language) for row in find(typed, view)],
    }
    _box(key=_KEY, data=shown, width=_WIDTH, on_typed_change=_heard, on_opened_change=_open)


def customers(typed: str | None, view: View) -> tuple[str, ...]:
    """Name all customers that are found by what is typed, as of the day, whatever the filters."""
    if not typed:
        return ()
    found: Index = data.made_of("directory", View(view.as_of), index.built)
    return found.customers(typed)


def find(typed: str, view: View) -> list[Row]:
    """Give the best customers and contracts for what is typed."""
    if not typed:
        return []
    found: Index = data.made_of("directory", view, index.built)
    return found.find(typed)


def _told(row: Row, language: str) -> Mapping[str, object]:
    """Say what it is, whose, and what it pays; the browser shows it as text."""
    kind = "contract" if row["contract_id"] else "customer"
    name = format.clipped(row["contract_id"]) if row["contract_id"] else wording.customer(row)
    note = [
        words.say(f"ui.search.{kind}"),
        wording.customer(row) if row["contract_id"] else format.clipped(row["customer_id"]),
        row["csm"] and format.clipped(row["csm"]),
        row["arr"] and words.say("ui.search.arr", arr=format.money(row["arr"], language)),
        row["end_date"] and words.say("ui.search.ends", day=format.day(row["end_date"], language)),
    ]
    opened = {"kind": kind, "id": row[f"{kind}_id"]}
    return {"name": name, "note": [str(one) for one in note if one], "opens": opened}


def _open() -> None:
    """Open what is picked: a contract on top of the page, or the page of a customer."""
    picked = st.session_state[_KEY]["opened"]
    if picked["kind"] == "contract":
        opens.open_contract(picked["id"])
    else:
        opens.open_customer(picked["id"])
    st.rerun()


def _heard() -> None:
    """What is typed is read where the box is drawn."""
