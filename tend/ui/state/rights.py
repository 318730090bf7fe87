"""What this reader may do, for what a page offers: all is asked again where data are written."""

from collections.abc import Mapping
from functools import partial

from tend.people.person import Person, Right
from tend.store.people import own
from tend.ui.state import data

_CUSTOMERS = frozenset({"stg_customers"})


def person() -> Person:
    """Give who reads."""
    return data.workspace().person


def may(right: Right) -> bool:
    """Tell whether the reader has a right."""
    return person().may(right)


def may_change(customer_id: str | None) -> bool:
    """Tell whether the reader may enter and change what is of a customer."""
    theirs = _customers()
    return theirs is None or customer_id in theirs


def may_change_all() -> bool:
    """Tell whether the reader may enter and change what is of any customer."""
    return _customers() is None


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


def theirs() -> tuple[str, ...] | None:
    """Name the CSMs whose customers alone the reader sees; nothing said where it is all."""
    return person().sees.csms


def _customers() -> frozenset[str] | None:
    """Give the customers whose facts the reader may change, found once for what is there."""
    ws = data.workspace()
    find = partial(ws.read, lambda cursor: own.customers(cursor, ws.person))
    asked = ("may change", ws.person.may("edit"), ws.person.edits)
    return data.while_stands(*asked, reads=_CUSTOMERS, make=find)
