"""Cells of a notebook: edits give new ones, each with its own name."""

import pytest

from tend.notebook.cells import Cell, Notebook

pytestmark = pytest.mark.quick
_A, _B, _C = (Cell(name, "sql", f"select '{name}'") for name in "abc")


def test_edits_give_new_notebooks() -> None:
    """Added, moved, changed, left out: the notebook that was stays as it was."""
    notebook = Notebook("", " My   book ", (_A, _B))
    assert notebook.name == "My book"
    assert notebook.with_cell(_C).names() == ("a", "b", "c")
    assert notebook.with_cell(_C, after="a").names() == ("a", "c", "b")
    assert notebook.moved("b", -1).names() == ("b", "a")
    assert notebook.moved("a", -1) == notebook == notebook.moved("b", 5)
    assert notebook.without("a").cells == (_B,)
    assert notebook.changed("a", _C).cells == (_C, _B)
    assert notebook.find("B") is _B
    assert notebook.names() == ("a", "b")


def test_a_free_name_is_found() -> None:
    """A name that is there gets a number, counted on from the one it has."""
    notebook = Notebook("", "", (_A, Cell("cell_1", "sql"), Cell("cell_2", "sql")))
    assert notebook.free("d") == "d"
    assert notebook.free("A") == "A_2"
    assert notebook.free("cell_1") == "cell_3"


def test_options_are_those_of_the_kind() -> None:
    """What a kind does not know, and what is empty, is left out; the rest stands in one order."""
    cell = Cell(
        "x", "chart", options=(("y", "arr"), ("figure", "nps"), ("mark", "bar"), ("of", ""))
    )
    assert cell.options == (("mark", "bar"), ("y", "arr"))
    assert cell.saying(mark="line", y=None, of="a").options == (("of", "a"), ("mark", "line"))
    assert Cell("p", "parameter", options=(("choices", "a | b"),)).choices == ("a", "b")
