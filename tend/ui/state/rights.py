"""What this reader may do, for what a page offers: all is asked again where data are written."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from tend.language.errors import TendError
from tend.people.person import Person, Right
from tend.store.people import own, people
from tend.store.workspace import Workspace
from tend.ui.server import opened
from tend.ui.state import data

Row = dict[str, Any]
_CUSTOMERS = frozenset({"stg_customers"})


def person() -> Person:
    """Give who reads."""
    return data.workspace().person


def may(right: Right) -> bool:
    """Tell whether the reader has a right."""
    return person().may(right)


def goes_to_writer(right: Right) -> bool:
    """Tell whether the reader has a right, but at another server than this, which only reads."""
    return person().goes_to_writer(right)


def is_writer_away() -> bool:
    """Tell whether this server only reads, and the one that writes does not answer."""
    there = opened.reading()
    return there is not None and there.is_away


def may_change(customer_id: str | None) -> bool:
    """Tell whether the reader may enter and change what is of a customer."""
    found = changeable()
    return found is None or customer_id in found


def may_change_all() -> bool:
    """Tell whether the reader may enter and change what is of any customer."""
    return changeable() is None


def among(rows: Sequence[Row]) -> list[Row]:
    """Give the rows of customers whose facts the reader may change."""
    found = changeable()
    return [row for row in rows if found is None or row["customer_id"] in found]


def may_enter(dataset: str, fact: Mapping[str, object]) -> bool:
    """Tell whether the reader may enter a fact; what names no customer is of who entered it."""
    if may_change_all() or not may("edit"):
        return may("edit")
    ws = data.workspace()
    return ws.read(lambda cursor: own.may_enter(cursor, ws.person, dataset, [fact]))


def may_undo(import_id: int) -> bool:
    """Tell whether the reader may take an import or an entry back."""
    ws = data.workspace()
    return ws.read(lambda cursor: own.may_undo(cursor, ws.person, import_id))


def confirm_export(ws: Workspace) -> None:
    """Raise TendError where somebody may no longer take out what a page offered to them.

    Who signed in may be removed since, or see others.
    """
    drawn = ws.person
    now = people.known(ws, drawn.address) if drawn.address else drawn
    if now is None or now.sees != drawn.sees:
        raise TendError("not_allowed_export")
    now.require("export")


def theirs() -> tuple[str, ...] | None:
    """Name the CSMs whose customers alone the reader sees; nothing said where it is all."""
    return person().sees.csms


def changeable() -> frozenset[str] | None:
    """Give the customers whose facts the reader may change; none said where it is all."""
    ws = data.workspace()
    if ws.person.may("edit") and ws.person.edits.csms is None:
        return None
    find = partial(ws.read, lambda cursor: own.customers(cursor, ws.person))
    asked = ("may change", ws.person.may("edit"), ws.person.edits)
    return data.while_stands(*asked, reads=_CUSTOMERS, make=find)
