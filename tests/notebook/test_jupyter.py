"""Notebooks as Jupyter keeps them: what is written is read, and nothing in them is run."""

import json
from datetime import date
from typing import Any

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat import v4

from tend.language.errors import TendError
from tend.notebook.cells import CHART, Cell, Notebook
from tend.notebook.jupyter import cells_as_code, reading, writing

pytestmark = pytest.mark.quick
_DAY = date(2026, 9, 30)
# What Python's quotes, and Markdown's, would trip over.
_TEXTS = st.lists(
    st.one_of(
        st.sampled_from(['"""', "\\", "'''", '"', "select '\\n' -- x", "```", "{x}", "中文", "#"]),
        st.text(max_size=15),
    ),
    max_size=5,
).map("\n".join)
_NAMES = st.one_of(
    st.from_regex(r"[a-z_客][a-z0-9_户]{0,8}", fullmatch=True),
    st.sampled_from(["ask", "from", "class", "draw", "parameters", "ﬁ", "TABLES"]),
)


def written(notebook: Notebook, language: str = "en", **more: Any) -> bytes:
    """Write a notebook without any data."""
    along = writing.Along(
        order=notebook.names(),
        frame={"as_of": _DAY, "filters": {"industry": ["retail"]}},
        own=more.get("own", {}),
        drawn=frozenset(more.get("drawn", ())),
        chosen=more.get("chosen", {}),
    )
    return writing.write(notebook, along, "x_data", _DAY, language).encode()


def code_of(content: bytes) -> list[str]:
    """Give the code of a notebook behind its first two cells."""
    cells = nbformat.reads(content.decode(), as_version=4).cells
    return [cell.source for cell in cells if cell.cell_type == "code"][2:]


@st.composite
def _notebooks(draw: st.DrawFn) -> Notebook:
    cells = []
    options: tuple[tuple[str, str], ...]
    for name in draw(st.lists(_NAMES, unique_by=str.lower, max_size=5)):
        match draw(st.sampled_from(["markdown", "sql", "chart", "number", "text", "date"])):
            case "markdown":
                said = draw(st.sampled_from([(), (("language", "en"),), (("language", "zh"),)]))
                cells.append(Cell(name, "markdown", draw(_TEXTS), said))
            case "sql":
                said = tuple((key, draw(st.text(max_size=5))) for key in CHART)
                cells.append(Cell(name, "sql", draw(_TEXTS), said))
            case "chart":
                cells.append(Cell(name, "chart", draw(_TEXTS), (("of", "x"), ("mark", "bar"))))
            case "number":
                default = draw(st.sampled_from(["", "3", "2.50", "1e3", "-0"]))
                options = (("label", "N"), ("ask", "number"), ("default", default))
                cells.append(Cell(name, "parameter", "", options))
            case "date":
                options = (("ask", "date"), ("default", "2026-01-31"))
                cells.append(Cell(name, "parameter", "", options))
            case "text":
                options = (("choices", "a | b"), ("default", draw(st.text(max_size=9))))
                cells.append(Cell(name, "parameter", "", options))
    return Notebook("", draw(st.text(min_size=1, max_size=9)), tuple(cells))


@settings(max_examples=40)
@given(notebook=_notebooks(), language=st.sampled_from(["en", "zh"]))
def test_what_is_written_is_read(notebook: Notebook, language: str) -> None:
    """Any notebook comes back as it was, cells for readers of other languages in their places."""
    drawn = [cell.name for cell in notebook.cells if cell.kind in ("sql", "chart")]
    found = reading.read(written(notebook, language, drawn=drawn), notebook.name)
    assert found.notebook == notebook
    assert found.left_as_text == ()


def test_the_code_is_what_people_would_write() -> None:
    """A cell asks by its name, its own parameters behind it; charts and values stand in lines."""
    notebook = Notebook(
        "",
        "Book",
        (
            Cell("least", "parameter", "", (("label", "At least"), ("ask", "number"))),
            Cell("by_size", "sql", "select 1\nfrom customers"),
            Cell("from", "sql", "select 2"),
            Cell("bars", "chart", "", (("of", "by_size"),)),
            Cell("later", "sql"),
        ),
    )
    own = {"by_size": {"group_by": "size", "first_day": date(2026, 1, 1), "filters": {"a": ["b"]}}}
    content = written(notebook, own=own, drawn=["by_size"], chosen={"least": "5"})
    assert code_of(content) == [
        '# At least\nleast = parameter("least", 5.0)',
        'by_size = ask("by_size", """\nselect 1\nfrom customers\n""", group_by=\'size\','
        " first_day=date(2026, 1, 1), filters=chosen({'a': ['b']}))\ndraw(\"by_size\")\nby_size",
        'ask("from", """\nselect 2\n""")',
        '# draw("bars")',
        "# later",
    ]
    assert reading.read(content).notebook.cells[0].get("default") == "5"
    assert written(notebook) == written(notebook)  # the same notebook is the same file


def test_what_is_changed_in_jupyter_comes_back() -> None:
    """An edited statement, a new name, a new cell that asks, and Markdown are cells of Tend."""
    notebook = Notebook("", "Book", (Cell("a", "sql", "select 1", (("mark", "bar"),)),))
    told = json.loads(written(notebook))
    edited = v4.new_code_cell('b = ask("b", """select 3""")\nb.head()').source
    told["cells"][3]["source"] = 'a = ask("a", """select 2""")\ndraw("a")'
    told["cells"] += [
        dict(v4.new_code_cell('c = ask("c", "select 3")\nn = parameter("n", 4)', id="c")),
        dict(v4.new_markdown_cell("## Seen", id="d")),
        dict(v4.new_code_cell(edited, id="e")),
        dict(v4.new_code_cell("", id="f")),
    ]
    found = reading.read(json.dumps(told).encode())
    assert [(one.name, one.kind, one.text) for one in found.notebook.cells] == [
        ("a", "sql", "select 2"),
        ("c", "sql", "select 3"),
        ("n", "parameter", ""),
        ("text_1", "markdown", "## Seen"),
        ("text_2", "markdown", f"```python\n{edited}\n```"),
    ]
    assert found.notebook.cells[0].get("mark") == "bar"
    assert dict(found.notebook.cells[2].options) == {"ask": "number", "default": "4"}
    assert found.left_as_text == ("text_2",)


def test_a_notebook_of_anybody_is_taken_as_text() -> None:
    """One that Tend did not write gives Markdown and its Python as text; it is never run."""
    other = v4.new_notebook(
        cells=[
            v4.new_markdown_cell("# Hello"),
            v4.new_code_cell("import os\nos.remove('x')"),
            v4.new_code_cell("ask(__import__('os').name, 'select 1')"),
            v4.new_code_cell("%matplotlib inline"),
            v4.new_code_cell("def ("),
            v4.new_code_cell("(" * 5000),
            v4.new_raw_cell("raw"),
        ]
    )
    found = reading.read(nbformat.writes(other).encode(), "hello")
    assert found.notebook.name == "hello"
    assert {cell.kind for cell in found.notebook.cells} == {"markdown"}
    assert len(found.notebook.cells) == 7
    assert len(found.left_as_text) == 5


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff\xfe\x00",
        b"PK\x03\x04",
        b'{"nbformat": 4}',
        b'{"nbformat": 99, "nbformat_minor": 0, "metadata": {}, "cells": []}',
        b"[" * 100_000,
        b'{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[{"cell_type":"x"}]}',
    ],
)
def test_what_is_no_notebook_is_refused(content: bytes) -> None:
    """Each is refused with a sentence, whatever the library that reads it says."""
    with pytest.raises(TendError) as refused:
        reading.read(content)
    assert refused.value.code == "ipynb_unreadable"


@pytest.mark.parametrize("said", [{"tend": 1}, {"tend": {"kind": 5, "options": []}}, {"tend": []}])
def test_what_is_said_of_cells_may_be_anything(said: dict[str, object]) -> None:
    """Metadata of another hand takes nothing away."""
    other = v4.new_notebook(cells=[v4.new_code_cell('ask("a b", "select 1")', metadata=said)])
    other.metadata.update(said)
    found = reading.read(nbformat.writes(other).encode(), "x").notebook
    assert [(cell.name, cell.text) for cell in found.cells] == [("cell_1", "select 1")]


def test_values_are_read_as_they_are_written() -> None:
    """Days, numbers, texts, lists, and nothing at all."""
    for value in (None, True, 3, 2.5, "a'b\"c\\", _DAY, [1, 2], ["x"]):
        source = f'parameter("p", {cells_as_code.value(value)})'
        assert cells_as_code.calls(source) == [cells_as_code.Call("parameter", "p", value)] or (
            isinstance(value, list)
        )
