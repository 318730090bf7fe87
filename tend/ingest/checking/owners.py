"""Whose customers they are where a file names an owner and no CSM: told, and asked for."""

from dataclasses import replace

import pyarrow.compute as pc

from tend.ingest.cells import arrays
from tend.ingest.sheet import Sheet
from tend.schema import headers as names
from tend.schema.words import listed, normal

_CSM, _SALES = "csm", "account_manager"


def settle(sheet: Sheet) -> None:
    """Take the owner of an account for its CSM, that of a deal for who sold it.

    A deal list feeds customers whose CSM another file may tell better: no deal's owner may take
    that place unasked. Of a customer list the owner is the only one who can look after it.
    """
    choice = sheet.choice
    is_list = choice.dataset == "customers"
    columns = choice.columns if is_list else choice.also
    at = columns.get(_SALES)
    if at is None or at in choice.fixed or _CSM in columns or not _is_owner(sheet, at):
        return
    answers = (_CSM, _SALES) if is_list else (_SALES, _CSM)
    rows = arrays.mask(pc.is_valid(sheet.body.cells[at]))
    taken = sheet.ask("owner", answers, at, rows=rows)
    sheet.decide(f"owner_{taken}", at)
    if taken == _CSM:
        moved = {_CSM if name == _SALES else name: place for name, place in columns.items()}
        if is_list:
            sheet.choice = replace(choice, columns=moved)
        else:
            sheet.choice = replace(choice, also=moved)


def _is_owner(sheet: Sheet, position: int) -> bool:
    owners = {normal(word) for word in listed("owner_headers")}
    return names.head(sheet.body.headers, position) in owners
