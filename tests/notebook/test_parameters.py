"""Parameter cells: values as SQL is given them."""

from datetime import date

import pytest

from tend.language.errors import TendError
from tend.notebook import parameters
from tend.notebook.cells import Cell, Notebook

pytestmark = pytest.mark.quick


def cell(name: str, ask: str, default: str = "") -> Cell:
    """Give a parameter."""
    return Cell(name, "parameter", options=(("ask", ask), ("default", default)))


def test_values_are_typed() -> None:
    """Chosen, else as it begins, else null."""
    book = Notebook(
        "",
        "",
        (cell("n", "number", "3"), cell("d", "date"), cell("c", "choice", "a"), cell("t", "odd")),
    )
    assert parameters.given(book, {}) == {"n": 3.0, "d": None, "c": "a", "t": None}
    chosen = {"n": "1e2", "d": "2026-09-30", "c": "b", "t": "x", "gone": "1"}
    assert parameters.given(book, chosen) == {
        "n": 100.0,
        "d": date(2026, 9, 30),
        "c": "b",
        "t": "x",
    }


@pytest.mark.parametrize(("ask", "written"), [("number", "three"), ("date", "31 Sept")])
def test_what_is_no_value_is_refused(ask: str, written: str) -> None:
    """With the name of the parameter."""
    with pytest.raises(TendError, match=r"parameter p\."):
        parameters.value(cell("p", ask), written)
