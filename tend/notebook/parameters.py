"""Parameter cells: what is asked for, and the value that SQL is given."""

from collections.abc import Mapping
from datetime import date

from tend.language.errors import TendError
from tend.notebook.cells import ASKED, Cell, Notebook
from tend.view import day as read_day

CHOICE, DATE, NUMBER, TEXT = ASKED


def asked_as(cell: Cell) -> str:
    """Tell how a parameter is asked for; text, where the cell does not say."""
    how = cell.get("ask")
    return how if how in ASKED else TEXT


def given(notebook: Notebook, chosen: Mapping[str, str]) -> dict[str, object]:
    """Give the value of each parameter: what is chosen, else what it begins with, else null."""
    cells = (cell for cell in notebook.cells if cell.kind == "parameter")
    return {cell.name: value(cell, chosen.get(cell.name, cell.get("default"))) for cell in cells}


def value(cell: Cell, written: str) -> object:
    """Read a value as its cell asks for it. Raises TendError for one that is no such value."""
    if not written.strip():
        return None
    match asked_as(cell):
        case "date":
            return _day(cell, written)
        case "number":
            return _number(cell, written)
    return written


def is_value(cell: Cell, written: str, known: object) -> bool:
    """Tell whether what is written is this value."""
    try:
        return value(cell, written) == known
    except TendError:
        return False


def _day(cell: Cell, written: str) -> date:
    found = read_day(written.strip())
    if found is None:
        raise TendError("bad_parameter", name=cell.name, value=written)
    return found


def _number(cell: Cell, written: str) -> float:
    try:
        return float(written)
    except ValueError:
        raise TendError("bad_parameter", name=cell.name, value=written) from None
