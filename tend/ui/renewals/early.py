"""A day before anything has ended: what is in force, and when the first contract ends."""

from typing import Any

from tend.language import format
from tend.ui.figures import leading, opens
from tend.ui.parts import pieces, words
from tend.ui.parts.tiles import Tile
from tend.ui.state import address, data
from tend.view import View

Row = dict[str, Any]


def is_early(view: View) -> bool:
    """Tell whether contracts are in force, and none was ever renewed or lost."""
    return any(not row["decided"] for row in _rows(view))


def in_force(view: View) -> list[Tile]:
    """Give the ARR in force and the first end: rates of nothing would be empty cards."""
    language = address.choice().language
    [row] = _rows(view)
    customers = words.say("renewals.early.customers", customers=format.count(row["customers"]))
    contracts = words.say("renewals.early.contracts")
    worth = pieces.card(
        words.say("renewals.early.in_force"), format.money(row["arr"], language), customers
    )
    running = pieces.card(
        words.say("renewals.early.running"), format.count(row["contracts"]), contracts
    )
    shown = [leading.tile("tile_in_force", worth), leading.tile("tile_running", running)]
    if row["first_end"]:
        shown.append(_first_end(row, language))
    return shown


def said(view: View) -> str:
    """Say it in the sentence that the page begins with."""
    language = address.choice().language
    [row] = _rows(view)
    key = "lead" if row["first_end"] else "lead_open"
    return words.say(
        f"renewals.early.{key}",
        arr=format.money(row["arr"], language),
        contracts=format.count(row["contracts"]),
        day=format.day(row["first_end"], language),
    )


def _first_end(row: Row, language: str) -> Tile:
    card = pieces.card(
        words.say("renewals.early.first_end"),
        format.day(row["first_end"], language),
        words.say(
            "renewals.early.first",
            customer=format.clipped(row["first_customer"]),
            arr=format.money(row["first_arr"], language),
        ),
    )
    link = words.say("renewals.early.open")
    return Tile("first_end", card, link, lambda: opens.open_contract(row["first_contract_id"]))


def _rows(view: View) -> list[Row]:
    rows: list[Row] = data.ask("in_force", view.between(None, None)).to_pylist()
    return rows
